namespace MemoryWatch.Tell;

/// <summary>
/// Lets one thread write and others copy what it writes, so that the writer never waits: a reader that was disturbed copies again. The version is odd
/// while the writer is at work.
/// </summary>
internal sealed class HistoryGate
{
    private int _version;

    // A full fence, so that no write of what follows is seen before it.
    public void BeginWrite() => Interlocked.Increment(ref _version);

    public void EndWrite() => Volatile.Write(ref _version, _version + 1);

    /// <summary>Runs a copy until nothing was written meanwhile. Before that, it may read numbers that do not belong together, and fail because of them.</summary>
    public T Read<T>(Func<T> copy)
    {
        for (var wait = default(SpinWait); ; wait.SpinOnce())
        {
            var before = Volatile.Read(ref _version);
            try
            {
                if ((before & 1) == 0 && copy() is var copied && !IsDisturbed(before))
                {
                    return copied;
                }
            }
            catch (Exception) when (IsDisturbed(before))
            {
                // What is read while the writer is at work may be anything; it is copied again.
            }
        }
    }

    private bool IsDisturbed(int before)
    {
        Interlocked.MemoryBarrier();
        return Volatile.Read(ref _version) != before;
    }
}
