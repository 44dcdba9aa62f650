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

/// <summary>Limits the failures in a row: the first retry is immediate, later ones come after pauses that double.</summary>
internal sealed class Attempts(int most, TelegramTimeouts timeouts, TimeProvider time)
{
    private int _failures;

    public void Succeed() => _failures = 0;

    /// <summary>Waits for the next attempt; returns <see langword="false"/> if there were enough attempts.</summary>
    public async Task<bool> TryAgainAsync(CancellationToken cancel)
    {
        if (++_failures >= most)
        {
            return false;
        }

        if (_failures > 1)
        {
            await Task.Delay(timeouts.Pause * (1 << (_failures - 2)), time, cancel);
        }

        return true;
    }
}
