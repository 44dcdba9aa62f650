namespace MemoryWatch.Read;

/// <summary>
/// Reads the .NET heap. Reading the figures of the last GC allocates, so they are read only after a GC. For one caller at a time.
/// </summary>
internal sealed class ManagedReader
{
    private const string LimitVariables = "GCHeapHardLimit";
    private const int LargeObjects = 3;

    private readonly TimeProvider _time;
    private readonly OccupiedHeap _occupied;
    private TimeSpan _seenPause;
    private int _seenCollections;
    private bool _isBehind;
    private long _index;
    private long _collectedAt;
    private long _limit;
    private bool _isEnforced;
    private ManagedReading _lastCollection;

    public ManagedReader(TimeProvider time)
    {
        (_time, _occupied) = (time, new(time));
        TakeLimit(GC.GetGCMemoryInfo(GCKind.Any));
    }

    /// <summary>Memory in use on the machine when the last GC ended; <see langword="null"/> before the first GC.</summary>
    public long? MachineLoadBytes { get; private set; }

    public ManagedReading Read()
    {
        Notice();
        var heap = GC.GetTotalMemory(forceFullCollection: false);
        return _lastCollection with
        {
            HeapBytes = heap,
            OccupiedBytes = _occupied.Occupied(heap, _lastCollection.LiveBytes, _limit, _seenCollections),
            HeapLimitBytes = _limit > 0 ? _limit : null,
            IsHeapLimitEnforced = _isEnforced,
            TotalAllocatedBytes = GC.GetTotalAllocatedBytes(precise: false),
            Generation0Collections = GC.CollectionCount(0),
            Generation1Collections = GC.CollectionCount(1),
            Generation2Collections = GC.CollectionCount(2),
            TotalPause = GC.GetTotalPauseDuration(),
            LastCollectionAge = _index > 0 ? _time.GetAge(_collectedAt) : null,
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
        _collectedAt = _time.GetTimestamp();
        MachineLoadBytes = info.MemoryLoadBytes;
        if (info.TotalAvailableMemoryBytes != _limit)
        {
            TakeLimit(info);
        }

        var (before, small) = (0L, 0L);
        var generations = info.GenerationInfo;
        for (var i = 0; i < generations.Length; i++)
        {
            before += generations[i].SizeBeforeBytes;
            small += i < LargeObjects ? generations[i].SizeAfterBytes : 0;
        }

        var live = Math.Max(0, info.HeapSizeBytes - info.FragmentedBytes);
        long? large = generations.Length > LargeObjects ? generations[LargeObjects].SizeAfterBytes : null;
        long? largeBefore = generations.Length > LargeObjects ? generations[LargeObjects].SizeBeforeBytes : null;
        var largeFree = generations.Length > LargeObjects ? generations[LargeObjects].FragmentationAfterBytes : 0;
        _occupied.Collected(before, live, largeBefore - large + largeFree ?? 0, _limit);
        _lastCollection = new ManagedReading
        {
            LiveBytes = live,
            CommittedBytes = info.TotalCommittedBytes,
            FragmentedBytes = info.FragmentedBytes,
            SmallObjectBytes = small,
            LargeObjectBytes = large,
            LargeObjectBytesBefore = largeBefore,
        };
    }

    /// <summary>Reads the GC's limit, at the start and whenever it has changed: listing the GC's configuration allocates.</summary>
    private void TakeLimit(in GCMemoryInfo info)
    {
        _limit = info.TotalAvailableMemoryBytes;
        _isEnforced = GC.GetConfigurationVariables()
            .Any(variable => variable.Key.StartsWith(LimitVariables, StringComparison.Ordinal) && variable.Value is > 0L);
    }
}
