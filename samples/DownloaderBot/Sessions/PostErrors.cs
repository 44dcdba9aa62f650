namespace DownloaderBot.Sessions;

internal sealed class PostNotFoundException(PostLink link)
    : BotException($"I cannot find {link}. Is the link right, and can you see the post yourself?");

internal sealed class NoMediaException(PostLink link)
    : BotException($"{link} has no file to download.");

internal sealed class DownloadCutException(Exception? inner = null)
    : BotException("The download was cut off. Please send the link again.", inner);

internal sealed class WrongLengthException(long announcedBytes, long receivedBytes)
    : BotException(
        $"The file should have had {Text.Megabytes(announcedBytes)} but {Text.Megabytes(receivedBytes)} came. Please send the link again.");
