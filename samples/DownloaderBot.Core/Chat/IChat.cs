using DownloaderBot.Sessions;

namespace DownloaderBot.Chat;

/// <summary>The chat port: receives messages, sends replies and files.</summary>
internal interface IChat
{
    /// <summary>Maximum size of a file that can be sent, in bytes.</summary>
    long MaxFileBytes { get; }

    /// <summary>Yields messages as they arrive, until canceled. Only one reader may use it.</summary>
    IAsyncEnumerable<IncomingMessage> ReadAsync(CancellationToken cancel);

    /// <summary>Sends a text and returns its message id.</summary>
    /// <exception cref="UserGoneException">The user can no longer be reached.</exception>
    Task<long> SendAsync(long userId, string text, CancellationToken cancel);

    /// <summary>Replaces the text of a message sent before.</summary>
    /// <exception cref="UserGoneException">The user can no longer be reached.</exception>
    Task EditAsync(long userId, long messageId, string text, CancellationToken cancel);

    /// <summary>Deletes a message from the conversation; works for the user's messages too.</summary>
    Task DeleteAsync(long userId, long messageId, CancellationToken cancel);

    /// <summary>
    /// Sends a file, reading <paramref name="content"/> while sending. The stream must be seekable because an interrupted upload may be sent
    /// again.
    /// </summary>
    /// <exception cref="UserGoneException">The user can no longer be reached.</exception>
    /// <exception cref="ChatAwayException">The chat cannot be reached, or asks for a longer pause; the file may be sent again later.</exception>
    /// <exception cref="BotException">The file cannot be sent, for example because it is too large; the message gives the reason.</exception>
    Task SendFileAsync(long userId, OutgoingFile file, Stream content, CancellationToken cancel);
}

internal readonly record struct IncomingMessage(long UserId, long MessageId, string Text)
{
    /// <summary>Omits the text, which may be a password, so the result can be logged.</summary>
    public override string ToString() => $"Message {MessageId} of user {UserId}";
}

/// <summary>What a chat needs to know about a file that it sends.</summary>
/// <param name="Name">The name to show.</param>
/// <param name="Bytes">The file's length.</param>
/// <param name="Caption">Text beside the file; empty for none.</param>
/// <param name="Video">How to play it; <see langword="null"/> if it is sent as a file.</param>
internal sealed record OutgoingFile(string Name, long Bytes, string Caption = "", VideoInfo? Video = null);
