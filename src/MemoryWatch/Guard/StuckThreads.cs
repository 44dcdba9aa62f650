namespace MemoryWatch.Guard;

/// <summary>
/// Counts the helper threads that are stuck in a plug-in, across the whole watch. At <see cref="Most"/> or more, no new helper thread is created.
/// (The existing thread of each other runner may still get stuck.) A thread no longer counts once its call has returned.
/// </summary>
internal sealed class StuckThreads
{
    public const int Most = 4;

    private int _count;
    private int _reported;

    public bool IsFull => Volatile.Read(ref _count) >= Most;

    /// <summary>Whether the caller is the first runner to find the count full since a thread was last removed.</summary>
    public bool TryReport() => Interlocked.Exchange(ref _reported, 1) == 0;

    public void Add() => Interlocked.Increment(ref _count);

    public void Remove()
    {
        Interlocked.Decrement(ref _count);
        Volatile.Write(ref _reported, 0);
    }
}
