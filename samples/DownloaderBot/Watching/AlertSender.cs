using DownloaderBot.Chat;
using MemoryWatch;

namespace DownloaderBot.Watching;

/// <summary>Sends every admin how the previous run ended, unless it ended normally, and then the queued alerts.</summary>
internal sealed class AlertSender(AlertObserver alerts, IMemoryWatch watch, Replier replier, BotOptions options) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (watch.PreviousRun is { Verdict: not RunVerdict.Clean } run)
            {
                await TellAsync(PreviousRunMessage.Of(run), stoppingToken);
            }

            await foreach (var text in alerts.Texts.ReadAllAsync(stoppingToken))
            {
                await TellAsync(text, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // This is the end, and not an error, even if the host stops because it could not start.
        }
    }

    private async Task TellAsync(string text, CancellationToken cancel)
    {
        foreach (var admin in options.Admins)
        {
            await replier.TellAsync(admin, text, cancel);
        }
    }
}

/// <summary>The previous run as a chat message: what was in flight, without the long list of recent operations.</summary>
internal static class PreviousRunMessage
{
    /// <summary>Less than chats accept in one message, so that other text fits too.</summary>
    private const int MostCharacters = 3000;

    public static string Of(PreviousRun run)
    {
        var text = run.Describe();
        var list = text.IndexOf("\n📜", StringComparison.Ordinal);
        text = list < 0 ? text : text[..list];
        return text.Length <= MostCharacters ? text : $"{text[..text.LastIndexOf('\n', MostCharacters)]}\n…";
    }
}
