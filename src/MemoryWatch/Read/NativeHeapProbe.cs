namespace MemoryWatch.Read;

/// <summary>
/// Reads the native heap now and then, each time on a short-lived helper thread, because the C library locks and walks all of it. If a reading does
/// not return, there are no further ones. <see cref="Consider"/> is for one caller at a time; the other members for any thread.
/// </summary>
/// <param name="read">Reads the native heap; <see langword="null"/> if the C library has no such numbers.</param>
/// <param name="time">The clock.</param>
internal sealed class NativeHeapProbe(Func<NativeHeapReading?> read, TimeProvider time)
{
    /// <summary>With less native memory than this, what is free of it does not matter.</summary>
    public const long LeastNativeBytes = 32L << 20;

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Stale = TimeSpan.FromMinutes(10);

    private volatile Kept? _kept;
    private volatile bool _isReading;
    private bool _hasStarted;
    private long _startedAt;

    // Counts the relief steps: a reading that began before one is not true after it.
    private int _reliefs;

    /// <summary>Whether a reading is under way, so that tests can wait for its end.</summary>
    public bool IsReading => _isReading;

    /// <summary>Starts a reading if it is due and does no harm.</summary>
    /// <param name="nativeBytes">Native memory now.</param>
    /// <param name="zone">The zone of memory: near the limit nothing is read.</param>
    public void Consider(long? nativeBytes, MemoryZone zone)
    {
        if (_isReading || zone > MemoryZone.Elevated || nativeBytes is not >= LeastNativeBytes
            || (_hasStarted && time.GetElapsedTime(_startedAt) < Interval))
        {
            return;
        }

        (_hasStarted, _startedAt, _isReading) = (true, time.GetTimestamp(), true);
        try
        {
            new Thread(Run) { IsBackground = true, Name = "MemoryWatch native heap" }.UnsafeStart();
        }
        catch (Exception)
        {
            // No thread can be created now. The next attempt is in a minute.
            _isReading = false;
        }
    }

    /// <summary>The last reading, if it is still true: not old, and of no more free bytes than there is native memory.</summary>
    /// <param name="nativeBytes">Native memory now.</param>
    public NativeHeapReading? Last(long? nativeBytes) =>
        _kept is { } kept && kept.Reliefs == Volatile.Read(ref _reliefs) && time.GetElapsedTime(kept.Timestamp) <= Stale
        && nativeBytes >= kept.Reading.FreeBytes
            ? kept.Reading
            : null;

    /// <summary>Forgets the last reading, because memory may have been returned since.</summary>
    public void Forget() => Interlocked.Increment(ref _reliefs);

    private void Run()
    {
        var reliefs = Volatile.Read(ref _reliefs);
        try
        {
            _kept = read() is { } reading ? new(reading, time.GetTimestamp(), reliefs) : null;
        }
        catch (Exception)
        {
            // Out of memory, most likely. The native heap only adds to other numbers.
        }
        finally
        {
            _isReading = false;
        }
    }

    private sealed record Kept(NativeHeapReading Reading, long Timestamp, int Reliefs);
}
