using MemoryWatch.Guard;

namespace MemoryWatch.BlackBox.Record;

/// <summary>
/// Counts records that could not be written. After the first loss, all records are lost until the next attempt, and each failed attempt
/// lengthens the pause. Neither the application nor a full disk is therefore burdened with every record. Thread-safe.
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

    /// <summary>Number of records lost since the start.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>Why records are lost, if known.</summary>
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

    /// <param name="reason">Why a record was lost; <see langword="null"/> for a further loss during the pause.</param>
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
                // A loss soon after the last one continues the longer pauses; only a loss much later starts again with the first pause.
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
