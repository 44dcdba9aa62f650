using DownloaderBot.Logging;

namespace DownloaderBot.Chat;

/// <summary>Sends a user a reply in cases in which sending may fail and nothing else depends on it.</summary>
internal sealed class Replier(IChat chat, ILogger<Replier> logger)
{
    /// <summary>Returns whether it was sent; never throws.</summary>
    public async Task<bool> TellAsync(long userId, string text, CancellationToken cancel = default)
    {
        try
        {
            await chat.SendAsync(userId, text, cancel);
            return true;
        }
        catch (Exception exception)
        {
            // If this reply fails too, the log is the only place left.
            logger.NotTold(userId, exception.Message);
            return false;
        }
    }
}
