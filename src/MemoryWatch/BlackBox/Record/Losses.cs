using MemoryWatch.Guard;

namespace MemoryWatch.BlackBox.Record;

/// <summary>
/// Records that could not be written. From the first on, all are lost until the next attempt, which comes later each time: neither the
/// application nor a disk that is full is to be bothered with each one. Thread-safe.
/// </summary>
internal sealed class Losses(TimeProvider time)
{
    public static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private readonly object _lock = new();
    private Backoff _failures;
    private long _since;
    private long _count;
    private bool _isLosing;

    public bool IsLosing => Volatile.Read(ref _isLosing);

    /// <summary>How many were lost since the start.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>Why, where that is known.</summary>
    public string? Reason { get; private set; }

    /// <summary>Whether it is time to try again.</summary>
    public bool IsDue
    {
        get
        {
            lock (_lock)
            {
                return _isLosing && time.GetElapsedTime(_since) >= _failures.Pause(FirstPause, LongestPause);
            }
        }
    }

    /// <param name="reason">Why one was lost; absent for one more.</param>
    public void Add(string? reason)
    {
        Interlocked.Increment(ref _count);
        if (reason is null)
        {
            return;
        }

        lock (_lock)
        {
            if (!_isLosing)
            {
                // One that comes soon after the last is no news, and tried again later.
                if (time.GetElapsedTime(_since) > LongestPause * 2)
                {
                    _failures.Succeeded();
                }

                _failures.Failed();
                (_since, Reason) = (time.GetTimestamp(), reason);
                Volatile.Write(ref _isLosing, true);
            }
        }
    }

    public void Resume() => Volatile.Write(ref _isLosing, false);
}
