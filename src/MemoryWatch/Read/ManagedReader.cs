namespace MemoryWatch.Read;

/// <summary>
/// The .NET heap. The figures of the last collection cost an allocation to ask for, so they are asked for only when
/// there was a collection. For one caller at a time.
/// </summary>
internal sealed class ManagedReader(TimeProvider time)
{
    private TimeSpan _seenPause;
    private int _seenCollections;
    private bool _isBehind;
    private long _index;
    private long _collectedAt;
    private ManagedReading _lastCollection;

    /// <summary>Memory in use on the machine when the last collection ended; absent until there was one.</summary>
    public long? MachineLoadBytes { get; private set; }

    public ManagedReading Read()
    {
        Notice();
        return _lastCollection with
        {
            HeapBytes = GC.GetTotalMemory(forceFullCollection: false),
            TotalAllocatedBytes = GC.GetTotalAllocatedBytes(precise: false),
            Generation0Collections = GC.CollectionCount(0),
            Generation1Collections = GC.CollectionCount(1),
            Generation2Collections = GC.CollectionCount(2),
            TotalPause = GC.GetTotalPauseDuration(),
            LastCollectionAge = _index > 0 ? time.GetElapsedTime(_collectedAt) : null,
        };
    }

    private void Notice()
    {
        // A background collection is counted when it starts and files its figures some time after its last pause.
        // So a pause is a sign of one too, and after a sign each reading looks until there are new figures.
        var pause = GC.GetTotalPauseDuration();
        var collections = GC.CollectionCount(0);
        if (pause == _seenPause && collections == _seenCollections && !_isBehind)
        {
            return;
        }

        _seenPause = pause;
        _seenCollections = collections;
        var info = GC.GetGCMemoryInfo(GCKind.Any);
        _isBehind = info.Index == _index;
        if (!_isBehind)
        {
            Take(info);
        }
    }

    private void Take(in GCMemoryInfo info)
    {
        _index = info.Index;
        _collectedAt = time.GetTimestamp();
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
