namespace MemoryWatch.Act;

/// <summary>Forces a full GC.</summary>
/// <param name="collect">Collects; <see cref="Collect"/> but in tests.</param>
internal sealed class CollectionRelief(Action<CollectionMode> collect) : IMemoryRelief
{
    /// <summary>Name of the step.</summary>
    public const string StepName = "GC";

    private volatile CollectionMode _mode;

    public string Name => StepName;

    public ReliefStage Stage => ReliefStage.Collection;

    /// <summary>What the next GC is for.</summary>
    public CollectionMode Mode
    {
        get => _mode;
        set => _mode = value;
    }

    public Task RelieveAsync(CancellationToken cancellationToken)
    {
        collect(_mode);
        return Task.CompletedTask;
    }

    /// <summary>Forces a full GC and waits for it.</summary>
    public static void Collect(CollectionMode mode) => GC.Collect(
        GC.MaxGeneration,
        mode == CollectionMode.Aggressive ? GCCollectionMode.Aggressive : GCCollectionMode.Forced,
        blocking: true,
        compacting: mode != CollectionMode.Verifying);

    /// <summary>
    /// What the GC holds beyond the objects that were live at the last GC: garbage and new objects, and if the GC would be aggressive, also memory that
    /// is committed but not in use.
    /// </summary>
    public ReliefEstimate? Estimate(MemoryZone zone)
    {
        var last = GC.GetGCMemoryInfo(GCKind.Any);
        var heap = GC.GetTotalMemory(forceFullCollection: false);
        var held = _mode == CollectionMode.Aggressive ? Math.Max(heap, last.TotalCommittedBytes) : heap;
        return last.Index == 0 ? null : new(Math.Max(0, held - Math.Max(0, last.HeapSizeBytes - last.FragmentedBytes)));
    }
}
