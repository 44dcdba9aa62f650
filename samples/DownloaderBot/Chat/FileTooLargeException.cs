namespace DownloaderBot.Chat;

/// <summary>The chat does not take files of this size.</summary>
internal sealed class FileTooLargeException(long bytes, long mostBytes)
    : BotException($"The file has {Text.Megabytes(bytes)}, more than the {Text.Megabytes(mostBytes)} that I can send.")
{
    public static void ThrowIfOver(long mostBytes, long bytes)
    {
        if (bytes > mostBytes)
        {
            throw new FileTooLargeException(bytes, mostBytes);
        }
    }
}
