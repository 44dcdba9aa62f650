namespace MemoryWatch.Read;

/// <summary>
/// Reads the .NET heap. Reading the figures of the last GC allocates, so they are read only after a GC. For one caller at a time.
/// </summary>
internal sealed class ManagedReader(TimeProvider time)
{
    private TimeSpan _seenPause;
    private int _seenCollections;
    private bool _isBehind;
    private long _index;
    private long _collectedAt;
    private ManagedReading _lastCollection;

    /// <summary>Memory in use on the machine when the last GC ended; <see langword="null"/> before the first GC.</summary>
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
        // The runtime counts a background GC when it starts, and publishes its figures some time after its last pause.
        // A pause is therefore a sign of a GC too. After a sign, each reading checks until there are new figures.
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
