using DownloaderBot.Logging;

namespace DownloaderBot.Chat;

/// <summary>Deletes messages that contain a secret from the chat, where anyone who gets hold of the phone could read them.</summary>
internal sealed class SecretMessages(IChat chat, Replier replier, ILogger<SecretMessages> logger)
{
    private const string DeleteIt = "I could not delete your last message. Please delete it yourself: it holds a secret of yours.";

    public async Task DeleteAsync(IncomingMessage message, CancellationToken cancel)
    {
        try
        {
            await chat.DeleteAsync(message.UserId, message.MessageId, cancel);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            logger.SecretNotDeleted(message.UserId, exception.GetType().Name);
            await replier.TellAsync(message.UserId, DeleteIt, cancel);
        }
    }
}
