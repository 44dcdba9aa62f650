namespace MemoryWatch.Read;

/// <summary>
/// Counts how much of the heap is occupied. Between two GCs the heap in use contains garbage as well as live objects, and only the next GC tells
/// them apart. For one caller at a time.
/// </summary>
/// <remarks>
/// <code>
///  heap    /|      /|    swings that GCs take back: live objects count
///  in use / |  /| / |
///        /  | / |/  |/   live objects after each GC
///     __/            above the known swing: all of it counts, because nobody knows how much of it is garbage
/// </code>
/// A GC that frees a quarter of the heap or more shows a swing, and how high it is. Up to that height the next rise is expected to be garbage too,
/// unless live objects have grown since. Small objects must have swung twice, because a program may drop many of them once and for good; large
/// ones are collected so seldom that once is enough. If GCs run many times a second, the last one is recent enough.
/// </remarks>
internal sealed class OccupiedHeap(TimeProvider time)
{
    // A GC that leaves at most this part of the heap has taken a swing back.
    private const double TakenBack = 0.75;

    // How much higher the next swing, or live objects, may be without being news: a part of the GC's limit.
    private const double Slack = 0.1;

    // The last GC is recent if there are so many in a second. Their number is counted over at least this time.
    private const double Frequent = 5;
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);

    private long _swing;
    private long _lastPeak;
    private long _liveAtSwing;
    private long _periodStart = time.GetTimestamp();
    private int _collectionsAtStart;
    private bool _isFrequent;

    /// <summary>Notes the figures of a GC.</summary>
    /// <param name="beforeBytes">The heap when the GC began.</param>
    /// <param name="liveBytes">Live objects when it ended.</param>
    /// <param name="largeFreedBytes">What it freed of large objects.</param>
    /// <param name="limitBytes">The GC's limit.</param>
    public void Collected(long beforeBytes, long liveBytes, long largeFreedBytes, long limitBytes)
    {
        var isHigher = liveBytes > _liveAtSwing + (long)(limitBytes * Slack);
        if (liveBytes <= beforeBytes * TakenBack)
        {
            var isLarge = largeFreedBytes >= (beforeBytes - liveBytes) / 2;
            var swing = isLarge ? beforeBytes : Math.Min(_lastPeak, beforeBytes);
            _swing = isHigher ? (isLarge ? swing : 0) : Math.Max(_swing, swing);
            _lastPeak = beforeBytes;
            _liveAtSwing = isHigher ? liveBytes : Math.Max(_liveAtSwing, liveBytes);
        }
        else if (isHigher)
        {
            (_swing, _lastPeak, _liveAtSwing) = (0, 0, liveBytes);
        }
    }

    /// <param name="heapBytes">The heap in use now.</param>
    /// <param name="liveBytes">Live objects at the last GC; <see langword="null"/> before the first GC.</param>
    /// <param name="limitBytes">The GC's limit.</param>
    /// <param name="collections">Number of GCs so far.</param>
    public long Occupied(long heapBytes, long? liveBytes, long limitBytes, int collections)
    {
        Count(collections);
        var isSwing = heapBytes <= _swing + (long)(limitBytes * Slack / 2);
        return liveBytes is { } live && (_isFrequent || isSwing) ? live : Math.Max(heapBytes, liveBytes ?? 0);
    }

    private void Count(int collections)
    {
        var elapsed = time.GetElapsedTime(_periodStart);
        if (elapsed >= Period)
        {
            _isFrequent = (collections - _collectionsAtStart) / elapsed.TotalSeconds >= Frequent;
            (_periodStart, _collectionsAtStart) = (time.GetTimestamp(), collections);
        }
    }
}
