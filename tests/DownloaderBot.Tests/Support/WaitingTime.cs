using Microsoft.Extensions.Time.Testing;

namespace DownloaderBot.Tests.Support;

/// <summary>A fake clock that says who waits for it, so that it is moved when somebody does and not before.</summary>
internal sealed class WaitingTime : FakeTimeProvider
{
    /// <summary>What a poll may take; nobody waits for that.</summary>
    public static readonly TimeSpan PollLimit = TimeSpan.FromSeconds(45);

    private readonly Lock _lock = new();
    private readonly Changes _changes = new();
    private readonly List<TimeSpan> _waits = [];

    /// <summary>Waits until somebody waits for a time that fits; returns how much it is.</summary>
    public async Task<TimeSpan> WaitedForAsync(Func<TimeSpan, bool> fits)
    {
        var found = TimeSpan.Zero;
        await _changes.WaitAsync(() => TryTake(fits, out found), TestTime.Limit);
        return found;
    }

    /// <summary>The same, and then lets all of it pass.</summary>
    public async Task<TimeSpan> PassAsync(Func<TimeSpan, bool> fits)
    {
        var found = await WaitedForAsync(fits);
        Advance(found);
        return found;
    }

    public Task<TimeSpan> PassAsync(int seconds) => PassAsync(wait => wait == TimeSpan.FromSeconds(seconds));

    /// <summary>As much as is waited after so many failures in a row, which is left to chance within bounds.</summary>
    public Task<TimeSpan> PassBackoffAsync(int failures)
    {
        var longest = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, failures - 1), 60));
        return PassAsync(wait => wait >= longest / 2 && wait <= longest && wait != PollLimit);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        lock (_lock)
        {
            _waits.Add(dueTime);
        }

        _changes.Signal();
        return timer;
    }

    private bool TryTake(Func<TimeSpan, bool> fits, out TimeSpan found)
    {
        lock (_lock)
        {
            var at = _waits.FindIndex(wait => fits(wait));
            found = at < 0 ? TimeSpan.Zero : _waits[at];
            if (at >= 0)
            {
                _waits.RemoveAt(at);
            }

            return at >= 0;
        }
    }
}
