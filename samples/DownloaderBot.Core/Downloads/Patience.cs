using DownloaderBot.Chat;
using DownloaderBot.Sessions;
using MemoryWatch;

namespace DownloaderBot.Downloads;

/// <summary>
/// Repeats the steps of one download through what passes: a pause that Telegram requires, and an outage. Its user sees the wait and can cancel
/// it. Each byte that arrives renews the patience.
/// </summary>
internal sealed class Patience(DownloadJob job, ProgressMessage progress, BotOptions options, IMemoryWatch watch, TimeProvider time)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    private TimeSpan _kept;
    private int _failures;
    private long _outageStart;

    /// <param name="step">The step; it is run again after a wait.</param>
    /// <param name="doneBytes">Returns the bytes that a repeated step does not have to do again.</param>
    /// <exception cref="FloodWaitException">Telegram asks for a longer wait than <see cref="BotOptions.MaxFloodWait"/>.</exception>
    /// <exception cref="ConnectionLostException">The outage takes longer than <see cref="BotOptions.OutagePatience"/>.</exception>
    /// <exception cref="ChatAwayException">One of the two is true of the chat.</exception>
    public async Task<T> TryAsync<T>(Func<Task<T>> step, Func<long>? doneBytes = null)
    {
        while (true)
        {
            var before = doneBytes?.Invoke();
            try
            {
                var result = await step();
                Renew();
                return result;
            }
            catch (BotException exception) when (exception is FloodWaitException or ConnectionLostException or ChatAwayException)
            {
                if (doneBytes?.Invoke() > before)
                {
                    Renew();
                }

                var asked = (exception as FloodWaitException)?.Wait ?? (exception as ChatAwayException)?.Wait;
                if (!await (asked is { } wait ? KeepAsync(wait) : WaitForConnectionAsync()))
                {
                    throw;
                }
            }
        }
    }

    /// <summary>Keeps a wait that was asked for; returns <see langword="false"/> if it is too long.</summary>
    private async Task<bool> KeepAsync(TimeSpan wait)
    {
        _kept += wait;
        if (_kept > options.MaxFloodWait)
        {
            return false;
        }

        watch.Mark("Download Paused", $"User {job.UserId} | Telegram asks for {wait.TotalSeconds:0} s");
        await PauseAsync(
            $"Telegram asks me to wait {FloodWaitException.Describe(wait)}. I go on after that. /canceldownload ends it.", wait);
        return true;
    }

    /// <summary>Waits before the next attempt; returns <see langword="false"/> if the outage takes too long.</summary>
    private async Task<bool> WaitForConnectionAsync()
    {
        if (_failures == 0)
        {
            _outageStart = time.GetTimestamp();
        }

        if (time.GetElapsedTime(_outageStart) >= options.OutagePatience)
        {
            return false;
        }

        if (_failures == 0)
        {
            watch.Mark("Download Paused", $"User {job.UserId} | No connection");
        }

        var pause = TimeSpan.FromSeconds(Math.Min(1 << _failures, LongestPause.TotalSeconds));
        _failures++;
        await PauseAsync("I have no connection to Telegram just now. I keep trying. /canceldownload ends it.", pause);
        return true;
    }

    private async Task PauseAsync(string text, TimeSpan wait)
    {
        await progress.PauseAsync(text, job.Cancelled);
        try
        {
            await Task.Delay(wait, time, job.Cancelled);
        }
        finally
        {
            progress.Resume();
        }
    }

    private void Renew() => (_kept, _failures) = (TimeSpan.Zero, 0);
}
