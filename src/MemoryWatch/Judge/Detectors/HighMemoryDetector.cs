namespace MemoryWatch.Judge;

/// <summary>
/// Raises one alert when usage reaches the high threshold of one of the two limits, and the next only after usage fell below the threshold by
/// <see cref="Zones.Margin"/>.
/// </summary>
internal sealed class HighMemoryDetector : IDetector
{
    private static readonly MemoryThreshold Standard = MemoryWatchDefaults.HighThreshold;

    private bool _isUsedHigh;
    private bool _isLeastHigh;
    private bool _isHeapHigh;

    /// <summary>
    /// Whether usage has reached the high threshold and has not left it since, by its lower bound: whatever acts on memory depends on it.
    /// </summary>
    public bool IsHigh => _isLeastHigh || _isHeapHigh;

    public MemoryAlert? Inspect(MemorySnapshot snapshot, JudgeSettings settings)
    {
        var (kill, heap, high) = (Gauge.OfUsage(snapshot), Gauge.OfHeap(snapshot), settings.High);
        _isLeastHigh = kill.Reaches(high, Standard, _isLeastHigh, least: true) ?? _isLeastHigh;

        // The heap's limit is always known: if there is none any more, there is nothing to be near to.
        _isHeapHigh &= heap.Usage.LimitBytes is not null;
        var alert = Inspect(snapshot.Judgement.NeedsCollection ? Gauge.OfLiveHeap(snapshot) : heap, high, ref _isHeapHigh);
        return Inspect(kill, high, ref _isUsedHigh) ?? alert;
    }

    private static HighMemoryAlert? Inspect(in Gauge gauge, MemoryThreshold high, ref bool isHigh)
    {
        var before = isHigh;
        isHigh = gauge.Reaches(high, Standard, before) ?? before;
        return isHigh && !before && gauge.Edge(high, Standard) is { } edge ? new(gauge.UsageAt(high), edge) : null;
    }
}
