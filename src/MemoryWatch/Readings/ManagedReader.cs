namespace MemoryWatch.Readings;

/// <summary>
/// The .NET heap. The figures of the last collection cost an allocation to ask for, so they are asked for only when
/// there was a collection. For one caller at a time.
/// </summary>
internal sealed class ManagedReader(TimeProvider time)
{
    private TimeSpan _seenPause;
    private int _seenCollections;
    private bool _mayBeUnfinished;
    private bool _hasCollected;
    private long _collectedAt;
    private ManagedReading _lastCollection;

    /// <summary>Memory in use on the machine when the last collection ended; absent until there was one.</summary>
    public long? MachineLoadBytes { get; private set; }

    public ManagedReading Read()
    {
        var pause = GC.GetTotalPauseDuration();
        var collections = GC.CollectionCount(0);
        Notice(pause, collections);
        return _lastCollection with
        {
            HeapBytes = GC.GetTotalMemory(forceFullCollection: false),
            TotalAllocatedBytes = GC.GetTotalAllocatedBytes(precise: false),
            Generation0Collections = collections,
            Generation1Collections = GC.CollectionCount(1),
            Generation2Collections = GC.CollectionCount(2),
            TotalPause = pause,
            LastCollectionAge = _hasCollected ? time.GetElapsedTime(_collectedAt) : null,
        };
    }

    private void Notice(TimeSpan pause, int collections)
    {
        // A background collection is counted when it starts, and files its figures some time after its last pause.
        // So a pause is a sign too, and the reading after any sign looks once more.
        var changed = pause != _seenPause || collections != _seenCollections;
        if (!changed && !_mayBeUnfinished)
        {
            return;
        }

        _seenPause = pause;
        _seenCollections = collections;
        _mayBeUnfinished = changed;
        Take(GC.GetGCMemoryInfo(GCKind.Any), changed);
    }

    private void Take(GCMemoryInfo info, bool changed)
    {
        if (info.Index == 0)
        {
            return;
        }

        if (changed || !_hasCollected)
        {
            _collectedAt = time.GetTimestamp();
            _hasCollected = true;
        }

        MachineLoadBytes = info.MemoryLoadBytes;
        _lastCollection = new ManagedReading
        {
            LiveBytes = Math.Max(0, info.HeapSizeBytes - info.FragmentedBytes),
            CommittedBytes = info.TotalCommittedBytes,
            FragmentedBytes = info.FragmentedBytes,
            HeapLimitBytes = info.TotalAvailableMemoryBytes,
        };
    }
}
