namespace MemoryWatch.Tell;

/// <summary>Something that observers are to be told at the next tick: a snapshot, an alert with its snapshot, or a relief.</summary>
internal readonly struct Notice(in MemorySnapshot snapshot, MemoryZone zone, MemoryAlert? alert, ReliefOutcome? relief)
{
    private readonly MemorySnapshot _snapshot = snapshot;

    public void Tell(IMemoryObserver observer)
    {
        if (relief is not null)
        {
            observer.OnRelief(relief);
        }
        else if (alert is not null)
        {
            observer.OnAlert(alert, _snapshot, zone);
        }
        else
        {
            observer.OnSnapshot(_snapshot, zone);
        }
    }
}
