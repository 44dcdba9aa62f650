namespace DownloaderBot.Telegram.Sessions;

/// <summary>How long the library is waited for. It has no limits of its own: a call that is never answered hangs for ever.</summary>
internal sealed record TelegramTimeouts
{
    /// <summary>A connection, with its key exchange, which takes a small processor seconds.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(45);

    public TimeSpan Call { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A part of a file; half a megabyte, so that 10 KB/s are enough.</summary>
    public TimeSpan Part { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>What is only polite. A stop has 10 seconds in all.</summary>
    public TimeSpan Goodbye { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Before a second attempt to connect again; it doubles.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);
}
