namespace MemoryWatch.Act;

/// <summary>
/// Forces a full GC. In the critical zone and above, the GC is aggressive: it also returns committed memory to the system. That costs more, and
/// the process must request the returned memory again.
/// </summary>
internal sealed class CollectionRelief : IMemoryRelief
{
    /// <summary>Name of the step.</summary>
    public const string StepName = "GC";

    private volatile MemoryZone _zone;
    private volatile bool _onlyVerifies;

    public string Name => StepName;

    /// <summary>The zone at the time of the call.</summary>
    public MemoryZone Zone
    {
        get => _zone;
        set => _zone = value;
    }

    /// <summary>Whether the GC only has to find out how much is garbage: without compacting, it is quick.</summary>
    public bool OnlyVerifies
    {
        get => _onlyVerifies;
        set => _onlyVerifies = value;
    }

    public Task RelieveAsync(CancellationToken cancellationToken)
    {
        var mode = _zone >= MemoryZone.Critical ? GCCollectionMode.Aggressive : GCCollectionMode.Forced;
        GC.Collect(GC.MaxGeneration, mode, blocking: true, compacting: !_onlyVerifies);
        return Task.CompletedTask;
    }
}
