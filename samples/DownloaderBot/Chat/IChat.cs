namespace DownloaderBot.Chat;

/// <summary>The chat port: messages in, replies and files out.</summary>
internal interface IChat
{
    /// <summary>The largest file that can be sent.</summary>
    long MaxFileBytes { get; }

    /// <summary>Messages as they come in, until cancelled. One reader.</summary>
    IAsyncEnumerable<IncomingMessage> ReadAsync(CancellationToken cancel);

    /// <summary>Sends a text and returns its message id.</summary>
    /// <exception cref="UserGoneException">The user cannot be reached any more.</exception>
    Task<long> SendAsync(long userId, string text, CancellationToken cancel);

    /// <summary>Replaces the text of a message sent before.</summary>
    /// <exception cref="UserGoneException">The user cannot be reached any more.</exception>
    Task EditAsync(long userId, long messageId, string text, CancellationToken cancel);

    /// <summary>Deletes a message from the conversation, the user's own included.</summary>
    Task DeleteAsync(long userId, long messageId, CancellationToken cancel);

    /// <summary>
    /// Sends a file, reading <paramref name="content"/> as it goes out. It must be able to seek: what breaks off may be sent
    /// again.
    /// </summary>
    /// <exception cref="UserGoneException">The user cannot be reached any more.</exception>
    /// <exception cref="BotException">It cannot be sent, being too large for one; the message says why.</exception>
    Task SendFileAsync(long userId, string fileName, long length, Stream content, CancellationToken cancel);
}
