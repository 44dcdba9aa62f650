namespace MemoryWatch.Watch;

/// <summary>Hands the latest snapshot from the watch thread to any other; a lock keeps it whole.</summary>
internal sealed class LatestSnapshot
{
    private readonly object _lock = new();
    private MemorySnapshot _snapshot;

    public MemorySnapshot Value
    {
        get
        {
            lock (_lock)
            {
                return _snapshot;
            }
        }
    }

    public void Set(in MemorySnapshot snapshot)
    {
        lock (_lock)
        {
            _snapshot = snapshot;
        }
    }
}
