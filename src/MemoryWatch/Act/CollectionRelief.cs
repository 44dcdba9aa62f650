namespace MemoryWatch.Act;

/// <summary>
/// Forces a full collection. From the critical zone on an aggressive one, which also gives committed memory back to
/// the system: that costs more, and what is given back must be asked for again.
/// </summary>
internal sealed class CollectionRelief(Func<MemoryZone> zone, Func<TimeSpan> cooldown) : IMemoryRelief
{
    public string Name => "GC";

    public TimeSpan Cooldown => cooldown();

    public Task RelieveAsync(CancellationToken cancellationToken)
    {
        var mode = zone() >= MemoryZone.Critical ? GCCollectionMode.Aggressive : GCCollectionMode.Forced;
        GC.Collect(GC.MaxGeneration, mode, blocking: true, compacting: true);
        return Task.CompletedTask;
    }
}
