namespace DownloaderBot.Telegram.Sessions;

/// <summary>How often in a row something may fail: at once again, then after pauses that double.</summary>
internal sealed class Attempts(int most, TelegramTimeouts timeouts, TimeProvider time)
{
    private int _failures;

    public void Succeed() => _failures = 0;

    /// <summary>Waits for the next attempt; false where there were enough.</summary>
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
