using MemoryWatch.Guard;

namespace MemoryWatch.BlackBox.Record;

/// <summary>
/// Distinguishes a disk that makes writers wait from a processor taken away during a write. The latter is common on a busy machine, or if a
/// container may use only part of a processor, and is no reason to write from another thread. The first write over 1 ms raises suspicion; for
/// 10 s from then on, the waits of the writing thread are counted. Used under the writer's lock, except <see cref="IsQuiet"/>,
/// <see cref="Hangs"/> and <see cref="Distrust"/>.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="countWaits">
/// Counts how often the calling thread has waited; <see langword="null"/> if the system does not report it, and then time alone decides.
/// </param>
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

    /// <summary>Duration of the slowest write during which the writer waited.</summary>
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

    /// <summary>Notes that another thread's write has been running for too long; nothing more is known about it.</summary>
    public void Hangs()
    {
        Volatile.Write(ref _lastLong, time.GetTimestamp());
        Volatile.Write(ref _sawLong, true);
    }

    /// <summary>
    /// Doubles the time without a long write, up to ten minutes, that must pass before the disk is trusted again. The first call sets it to 10 s.
    /// </summary>
    public void Distrust() => _slow.Failed();

    /// <summary>Whether the time without a long write is long enough to trust the disk again.</summary>
    public bool IsQuiet() => time.GetElapsedTime(Volatile.Read(ref _lastLong)) >= _slow.Pause(FirstQuiet, LongestQuiet);

    private bool IsSuspicious => Volatile.Read(ref _sawLong) && time.GetElapsedTime(Volatile.Read(ref _lastLong)) < SuspicionTime;
}
