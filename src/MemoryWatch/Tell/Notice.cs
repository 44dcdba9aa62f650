namespace MemoryWatch.Tell;

/// <summary>A message that observers receive at the next tick: a snapshot, an alert with its snapshot, or a relief.</summary>
internal readonly struct Notice(MemorySnapshot? snapshot, MemoryAlert? alert = null, ReliefOutcome? relief = null)
{
    public void Tell(IMemoryObserver observer)
    {
        if (relief is not null)
        {
            observer.OnRelief(relief);
        }
        else if (alert is not null)
        {
            observer.OnAlert(alert, snapshot!);
        }
        else
        {
            observer.OnSnapshot(snapshot!);
        }
    }
}
