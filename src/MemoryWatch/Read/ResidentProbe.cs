namespace MemoryWatch.Read;

/// <summary>
/// The quick reading as scopes and marks use it. It remembers the highest value between two ticks, so that a spike
/// that is over before the next tick is still judged, and calls the watch thread when memory has jumped.
/// </summary>
internal sealed class ResidentProbe(IMemoryReader reader, Action onJump)
{
    // Written by any thread with compare-and-swap, taken by the watch thread. 0: nothing was read since.
    private long _peak;
    private long _jump = long.MaxValue;

    // What operations that are many share. Of threads that read at the same time one may leave its value under another's time: it is
    // older by no more than that thread was held up.
    private long _shared;
    private long _sharedAt = long.MinValue;

    public long? Read()
    {
        var resident = reader.ReadResidentBytes();
        Note(resident);
        return resident;
    }

    /// <summary>As <see cref="Read"/>, or what was so read a moment ago.</summary>
    /// <param name="now">The time, as a timestamp.</param>
    /// <param name="oldest">The timestamp from which on a value will do.</param>
    public long? ReadShared(long now, long oldest)
    {
        if (Volatile.Read(ref _sharedAt) > oldest)
        {
            return Volatile.Read(ref _shared);
        }

        var resident = Read();
        if (resident is { } value)
        {
            Volatile.Write(ref _shared, value);
            Volatile.Write(ref _sharedAt, now);
        }

        return resident;
    }

    /// <summary>Counts a value that was read elsewhere.</summary>
    public void Note(long? resident)
    {
        if (resident is { } value)
        {
            Raise(value);
            if (value >= Volatile.Read(ref _jump))
            {
                // Once: the next tick sets it anew.
                Volatile.Write(ref _jump, long.MaxValue);
                onJump();
            }
        }
    }

    /// <summary>The highest value since the last call; absent where nothing was read since.</summary>
    public long? TakePeak() => Interlocked.Exchange(ref _peak, 0) is var peak and > 0 ? peak : null;

    /// <summary>Sets from which value on the watch thread wants to be called; absent for never.</summary>
    public void CallFrom(long? bytes) => Volatile.Write(ref _jump, bytes ?? long.MaxValue);

    private void Raise(long value)
    {
        var seen = Volatile.Read(ref _peak);
        while (value > seen)
        {
            var before = Interlocked.CompareExchange(ref _peak, value, seen);
            if (before == seen)
            {
                return;
            }

            seen = before;
        }
    }
}
