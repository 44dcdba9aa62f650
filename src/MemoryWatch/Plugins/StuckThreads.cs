namespace MemoryWatch.Plugins;

/// <summary>
/// Counts the helper threads that are stuck in a plug-in, over the whole watch: at most <see cref="Most"/> at a
/// time are ever given up. A thread counts no more once its call has returned.
/// </summary>
internal sealed class StuckThreads
{
    public const int Most = 4;

    private int _count;

    public bool IsFull => Volatile.Read(ref _count) >= Most;

    public void Add() => Interlocked.Increment(ref _count);

    public void Remove() => Interlocked.Decrement(ref _count);
}
