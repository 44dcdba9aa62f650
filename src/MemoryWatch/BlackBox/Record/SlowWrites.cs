using MemoryWatch.Guard;

namespace MemoryWatch.BlackBox.Record;

/// <summary>
/// Tells a disk that makes writers wait from a processor that was taken away in the middle of a write: on a busy machine, or where a
/// container may use a part of a processor only, the latter is common and no reason to write from elsewhere. The first write of
/// over 1 ms makes suspicious; from then on it is counted whether the thread waits. Used under the writer's lock but for
/// <see cref="IsQuiet"/>.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="countWaits">How often the calling thread has waited; absent where the system does not tell, and then time alone counts.</param>
internal sealed class SlowWrites(TimeProvider time, Func<long?>? countWaits)
{
    public static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(1);
    public static readonly TimeSpan SuspicionTime = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan FirstQuiet = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan LongestQuiet = TimeSpan.FromMinutes(10);

    private Backoff _slow;
    private long _lastLong;
    private bool _sawLong;
    private long _began;
    private long? _waitsBefore;

    /// <summary>How long the slowest write took.</summary>
    public TimeSpan Slowest { get; private set; }

    public void Begin()
    {
        _waitsBefore = countWaits is not null && IsSuspicious ? countWaits() : null;
        _began = time.GetTimestamp();
    }

    /// <returns>Whether the disk made the writer wait.</returns>
    public bool End()
    {
        var now = time.GetTimestamp();
        var took = time.GetElapsedTime(_began, now);
        if (took <= Limit)
        {
            return false;
        }

        var waited = countWaits is null || (_waitsBefore is { } before && countWaits() is { } after && after > before);
        Volatile.Write(ref _lastLong, now);
        _sawLong = true;
        Slowest = waited && took > Slowest ? took : Slowest;
        return waited;
    }

    /// <summary>Another thread's write has been under way for too long: no more is known of it.</summary>
    public void Hangs()
    {
        Volatile.Write(ref _lastLong, time.GetTimestamp());
        Volatile.Write(ref _sawLong, true);
    }

    /// <summary>From now on it takes twice the time without a long write, up to ten minutes, until the disk is trusted again.</summary>
    public void Distrust() => _slow.Failed();

    /// <summary>Whether there was no long write for long enough to trust the disk again.</summary>
    public bool IsQuiet() => time.GetElapsedTime(Volatile.Read(ref _lastLong)) >= _slow.Pause(FirstQuiet, LongestQuiet);

    private bool IsSuspicious => Volatile.Read(ref _sawLong) && time.GetElapsedTime(Volatile.Read(ref _lastLong)) < SuspicionTime;
}
