namespace DownloaderBot.Chat;

/// <summary>The chat does not accept files of this size.</summary>
internal sealed class FileTooLargeException(long bytes, long mostBytes)
    : BotException($"The file is {Text.Megabytes(bytes)}; I can send at most {Text.Megabytes(mostBytes)}.")
{
    public static void ThrowIfOver(long mostBytes, long bytes)
    {
        if (bytes > mostBytes)
        {
            throw new FileTooLargeException(bytes, mostBytes);
        }
    }
}
