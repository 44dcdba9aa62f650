using DownloaderBot.Logging;

namespace DownloaderBot.Chat;

/// <summary>Tells a user what happened when the telling itself may fail and nothing more depends on it.</summary>
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
            // The last word to a user; when even that fails the log is all that is left.
            logger.NotTold(userId, exception.Message);
        }
    }
}
