using DownloaderBot.Chat;

namespace DownloaderBot.Commands;

/// <summary>Reads the chat and sorts the messages into lines. It never waits for one of them, so that nobody's messages hold up the others'.</summary>
internal sealed class CommandPump(IChat chat, CommandLines lines) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var message in chat.ReadAsync(stoppingToken))
            {
                lines.Add(message, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // This is the end, and not an error, even if the host stops because it could not start.
        }
        finally
        {
            // If the chat breaks, what it delivered before is still handled. Then the exception ends the program visibly.
            await lines.HandledAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
