namespace DownloaderBot.Chat;

/// <summary>The user blocked the bot, or the account no longer exists, so the bot cannot reply.</summary>
internal sealed class UserGoneException(long userId, Exception? inner = null)
    : Exception($"User {userId} cannot be reached.", inner);

/// <summary>The chat cannot be reached, or requires a pause.</summary>
internal sealed class ChatAwayException(string reply, TimeSpan? wait = null) : BotException(reply)
{
    /// <summary>The pause that the chat requires; <see langword="null"/> if it cannot be reached.</summary>
    public TimeSpan? Wait => wait;
}

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
