namespace DownloaderBot.Telegram.Sessions;

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
