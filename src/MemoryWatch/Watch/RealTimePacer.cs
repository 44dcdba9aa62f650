namespace MemoryWatch.Watch;

/// <summary>Waits in real time on the watch thread, so a starved thread pool does not delay it.</summary>
internal sealed class RealTimePacer : IPacer
{
    // A heap can fill by a tenth of a small limit within some 20 ms. Asking for the heap in use takes less than a microsecond.
    private static readonly TimeSpan HeapInterval = TimeSpan.FromMilliseconds(5);

    private readonly object _lock = new();
    private bool _woken;
    private long? _heapThreshold;

    public void CallFromHeap(long? bytes) => _heapThreshold = bytes;

    public void Wait(TimeSpan interval)
    {
        var end = Environment.TickCount64 + (long)interval.TotalMilliseconds;
        lock (_lock)
        {
            while (!_woken && end - Environment.TickCount64 is > 0 and var rest)
            {
                if (_heapThreshold is not { } threshold)
                {
                    Monitor.Wait(_lock, TimeSpan.FromMilliseconds(rest));
                }
                else if (GC.GetTotalMemory(forceFullCollection: false) >= threshold)
                {
                    break;
                }
                else
                {
                    Monitor.Wait(_lock, TimeSpan.FromMilliseconds(Math.Min(rest, HeapInterval.TotalMilliseconds)));
                }
            }

            _woken = false;
        }
    }

    public void Wake()
    {
        lock (_lock)
        {
            _woken = true;
            Monitor.Pulse(_lock);
        }
    }
}
