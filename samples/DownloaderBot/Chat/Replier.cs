using DownloaderBot.Logging;

namespace DownloaderBot.Chat;

/// <summary>Sends a user a reply in cases in which sending may fail and nothing else depends on it.</summary>
internal sealed class Replier(IChat chat, ILogger<Replier> logger)
{
    public async Task TellAsync(long userId, string text, CancellationToken cancel = default)
    {
        try
        {
            await chat.SendAsync(userId, text, cancel);
        }
        catch (Exception exception)
        {
            // If this reply fails too, the log is the only place left.
            logger.NotTold(userId, exception.Message);
        }
    }
}
