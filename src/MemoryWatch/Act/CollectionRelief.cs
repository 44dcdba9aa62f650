namespace MemoryWatch.Act;

/// <summary>
/// Forces a full collection. From the critical zone on an aggressive one, which also gives committed memory back to
/// the system: that costs more, and what is given back must be asked for again.
/// </summary>
internal sealed class CollectionRelief : IMemoryRelief
{
    private volatile MemoryZone _zone;

    public string Name => "GC";

    /// <summary>The zone that memory is in when it is asked.</summary>
    public MemoryZone Zone
    {
        get => _zone;
        set => _zone = value;
    }

    public Task RelieveAsync(CancellationToken cancellationToken)
    {
        var mode = _zone >= MemoryZone.Critical ? GCCollectionMode.Aggressive : GCCollectionMode.Forced;
        GC.Collect(GC.MaxGeneration, mode, blocking: true, compacting: true);
        return Task.CompletedTask;
    }
}
