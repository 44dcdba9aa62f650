using MemoryWatch.Watch;

namespace MemoryWatch.Tests.Support;

/// <summary>For watches whose ticks a test makes itself: nobody waits, wakes are counted.</summary>
internal sealed class ManualPacer : IPacer
{
    private int _wakes;

    public int Wakes => Volatile.Read(ref _wakes);

    /// <summary>The heap that would end a wait.</summary>
    public long? HeapThreshold { get; private set; }

    public void CallFromHeap(long? bytes) => HeapThreshold = bytes;

    public void Wait(TimeSpan interval)
    {
    }

    public void Wake() => Interlocked.Increment(ref _wakes);
}
