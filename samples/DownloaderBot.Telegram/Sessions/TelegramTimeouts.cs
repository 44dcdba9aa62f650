namespace DownloaderBot.Telegram.Sessions;

/// <summary>Time limits for calls to the library. The library has none: a call that is never answered hangs forever.</summary>
internal sealed record TelegramTimeouts
{
    /// <summary>Time limit of a connection attempt with its key exchange, which takes seconds on a small processor.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(45);

    public TimeSpan Call { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Time limit of one part of a file; a part is half a megabyte, so 10 KB/s are enough.</summary>
    public TimeSpan Part { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Time limit of optional calls, such as a clean disconnect. A stop has 10 seconds in all.</summary>
    public TimeSpan Goodbye { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Pause before the second attempt to reconnect; it doubles after that.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);
}
