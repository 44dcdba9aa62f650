namespace MemoryWatch.Read;

/// <summary>
/// The quick reading for scopes and marks. It remembers the highest value between two ticks, so that a spike that ends before the next tick is
/// still judged. It calls the watch thread when memory has jumped.
/// </summary>
internal sealed class ResidentProbe(IMemoryReader reader, Action onJump)
{
    // Any thread writes it with compare-and-swap; the watch thread takes it. 0: nothing was read since it was last taken.
    private long _peak;
    private long _jump = long.MaxValue;

    // The reading that frequent operations share. If threads read at the same time, one may store its value under another thread's time. The value
    // is then older by at most the time that the thread was delayed.
    private long _shared;
    private long _sharedAt = long.MinValue;

    public long? Read()
    {
        var resident = reader.ReadResidentBytes();
        Note(resident);
        return resident;
    }

    /// <summary>As <see cref="Read"/>, or a shared value that was read a moment ago.</summary>
    /// <param name="now">The current timestamp.</param>
    /// <param name="oldest">A shared value is used if it is newer than this timestamp.</param>
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

    /// <summary>Includes a value that was read elsewhere in the peak and in the check for a jump.</summary>
    public void Note(long? resident)
    {
        if (resident is { } value)
        {
            Raise(value);
            if (value >= Volatile.Read(ref _jump))
            {
                // Call once; the next tick sets the value again.
                Volatile.Write(ref _jump, long.MaxValue);
                onJump();
            }
        }
    }

    /// <summary>The highest value since the last call; <see langword="null"/> if nothing was read since.</summary>
    public long? TakePeak() => Interlocked.Exchange(ref _peak, 0) is var peak and > 0 ? peak : null;

    /// <summary>Sets the value at or above which the watch thread is called; <see langword="null"/> for never.</summary>
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
