using DownloaderBot.Chat;

namespace DownloaderBot.Admin;

/// <summary>Sends the alerts that wait to every admin.</summary>
internal sealed class AlertSender(AlertObserver alerts, Replier replier, BotOptions options) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var text in alerts.Texts.ReadAllAsync(stoppingToken))
            {
                foreach (var admin in options.Admins)
                {
                    await replier.TellAsync(admin, text, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end, and no error even where the host stops because it could not start.
        }
    }
}
