namespace MemoryWatch.Judge;

/// <summary>
/// How much of the heap is likely to be garbage: of what was allocated since the last gen-2 GC, the same part that the GCs before it found to be
/// garbage. Until two GCs have told, all of it.
/// </summary>
internal sealed class LiveHeap
{
    // A GC in the background is counted when it starts, and its figures come later.
    private static readonly TimeSpan LongestCollection = TimeSpan.FromSeconds(3);

    private int? _collections;
    private TimeSpan _newUntil = TimeSpan.MinValue;
    private long _heap;
    private long _live;
    private (long Live, long Heap) _before;
    private double _survival;
    private double _survivalBefore;

    /// <summary>The part of a heap that is likely to be garbage, in bytes.</summary>
    public long Garbage(long heapBytes) => (long)(Math.Max(0, heapBytes - _live) * (1 - Math.Min(_survival, _survivalBefore)));

    public void Add(TimeSpan now, in ManagedReading managed)
    {
        var heap = managed.HeapBytes ?? _heap;
        if (_collections is null)
        {
            // As if all of it were live, because no GC has told.
            _live = heap;
        }
        else if (_collections != managed.Generation2Collections)
        {
            _newUntil = now + LongestCollection;
            (_survivalBefore, _before) = (_survival, (_live, _heap));
        }

        (_collections, _heap) = (managed.Generation2Collections, heap);
        if (now <= _newUntil && managed.LiveBytes is { } live)
        {
            _live = live;
            _survival = _before.Heap > _before.Live ? Math.Clamp((live - _before.Live) / (double)(_before.Heap - _before.Live), 0, 1) : 0;
        }
    }
}
