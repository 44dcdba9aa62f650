namespace DownloaderBot.Sessions;

internal class PostNotFoundException(string reply) : BotException(reply)
{
    public PostNotFoundException(PostLink link)
        : this($"I cannot find {link}. Is the link right, and can you see the post yourself?")
    {
    }
}

internal sealed class UnknownChannelException(PostLink link)
    : PostNotFoundException($"There is no channel or group named {link.Channel}. Is the link right?");

internal sealed class PrivatePostException(PostLink link)
    : PostNotFoundException($"{link} is in a private channel or group that your account is not in. Join it, then send the link again.");

internal sealed class DeletedPostException(PostLink link)
    : PostNotFoundException($"There is no post {link} any more: it was deleted, or it never was.");

internal sealed class NoMediaException(PostLink link)
    : BotException($"{link} has no file to download.");

internal sealed class DownloadCutException(Exception? inner = null)
    : BotException("The download was cut off. Please send the link again.", inner);

internal sealed class WrongLengthException(long announcedBytes, long receivedBytes)
    : BotException(
        $"The file should have had {Text.Megabytes(announcedBytes)} but {Text.Megabytes(receivedBytes)} came. Please send the link again.");
