namespace MemoryWatch.Guard;

/// <summary>
/// Counts the helper threads that are stuck in a plug-in, over the whole watch: from <see cref="Most"/> on none is
/// made any more. (The one that each other runner already has may still get stuck.) A thread counts no more once its
/// call has returned.
/// </summary>
internal sealed class StuckThreads
{
    public const int Most = 4;

    private int _count;
    private int _reported;

    public bool IsFull => Volatile.Read(ref _count) >= Most;

    /// <summary>Whether the caller is the first, of all runners, to find it full.</summary>
    public bool TryReport() => Interlocked.Exchange(ref _reported, 1) == 0;

    public void Add() => Interlocked.Increment(ref _count);

    public void Remove()
    {
        Interlocked.Decrement(ref _count);
        Volatile.Write(ref _reported, 0);
    }
}
