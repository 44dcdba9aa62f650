namespace MemoryWatch.Watch;

/// <summary>Waits in real time on the watch thread, so a starved thread pool does not delay it.</summary>
internal sealed class RealTimePacer : IPacer
{
    private readonly object _lock = new();
    private bool _woken;

    public void Wait(TimeSpan interval)
    {
        lock (_lock)
        {
            if (!_woken)
            {
                Monitor.Wait(_lock, interval);
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
