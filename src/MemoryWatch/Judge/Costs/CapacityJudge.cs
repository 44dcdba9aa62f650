namespace MemoryWatch.Judge;

/// <summary>
/// Estimates how much memory the highest load that was seen needs: what the program uses beside what metrics count, at its peaks, and the known cost
/// of each metric times its highest value.
/// </summary>
internal static class CapacityJudge
{
    // Less than this number of spans, or of readings without a known cost, is no load that one could judge by.
    private const int LeastSpans = 2;
    private const int LeastSpansWithoutCosts = LoadHistory.Most / 2;

    // A peak that was not seen is a little higher than those that were.
    private const double Unseen = 1.05;

    // The GC's limit if nothing is set, as a part of the container's.
    private const double StandardHeap = 0.75;

    /// <param name="history">The load that was seen.</param>
    /// <param name="metrics">The metrics of the history.</param>
    /// <param name="costs">The costs that are known.</param>
    /// <param name="snapshot">The latest reading.</param>
    /// <returns><see langword="null"/> if nothing limits this program, or too little was seen.</returns>
    public static CapacityEstimate? Judge(
        LoadHistory history, IReadOnlyList<MetricDefinition> metrics, IReadOnlyList<MetricCost> costs, MemorySnapshot snapshot)
    {
        if (snapshot.Usage is not { LimitBytes: { } limit, Source: LimitSource.Container or LimitSource.Setting or LimitSource.Throttling }
            || history.Count < (costs.Count > 0 ? LeastSpans : LeastSpansWithoutCosts))
        {
            return null;
        }

        var units = Array.ConvertAll([.. costs], cost => IndexOf(metrics, cost.Metric));
        Span<double> rests = stackalloc double[history.Count];
        for (var place = 0; place < rests.Length; place++)
        {
            rests[place] = history.Peak(place).Used;
            for (var i = 0; i < units.Length; i++)
            {
                rests[place] -= costs[i].BytesPerUnit.Value * history.Values(place)[units[i]];
            }

            rests[place] = Math.Max(0, rests[place]);
        }

        rests.Sort();
        var (rest, usual) = (rests[^1], MedianInterval.Median(rests));
        var (value, low, high) = (rest, usual, rest * Unseen);
        MetricCost? largest = null;
        var (most, missing) = (0d, 0L);
        for (var i = 0; i < units.Length; i++)
        {
            var highest = history.HighestValues[units[i]];
            var (cost, bytes) = (costs[i].BytesPerUnit, costs[i].BytesPerUnit.Value * highest);
            (value, low, high) = (value + bytes, low + (cost.Low * highest), high + (cost.High * highest));
            (largest, most, missing) = bytes > most ? (costs[i], bytes, costs[i].Metric.Maximum - highest ?? 0) : (largest, most, missing);
        }

        var room = Room(history, snapshot);
        var others = value - most;
        return new(
            new(value / room, low / room, high / room),
            limit,
            largest,
            largest is null ? null : Math.Max(0, (long)(((limit * room) - others) / largest.BytesPerUnit.Value)))
        {
            NeededAtMaximumBytes = largest is { Metric.Maximum: not null, BytesPerUnit: var each }
                ? new((value + (missing * each.Value)) / room, (low + (missing * each.Low)) / room, (high + (missing * each.High)) / room)
                : null,
        };
    }

    /// <summary>
    /// The part of the container's memory that this program can use: all of it, or less if nearly all is heap, because the GC's own limit is a part
    /// of the container's.
    /// </summary>
    private static double Room(LoadHistory history, MemorySnapshot snapshot)
    {
        if (snapshot.Usage.Source != LimitSource.Container || !snapshot.Managed.IsHeapLimitEnforced
            || snapshot.Managed.HeapLimitBytes is not { } heapLimit
            || Math.Abs(((double)heapLimit / snapshot.Usage.LimitBytes!.Value) - StandardHeap) > 0.01)
        {
            return 1;
        }

        var (used, heap) = (0L, 0L);
        for (var place = 0; place < history.Count; place++)
        {
            (used, heap) = history.Peak(place) is var peak && peak.Used > used ? peak : (used, heap);
        }

        return heap > used * StandardHeap ? StandardHeap * used / Math.Min(heap, used) : 1;
    }

    private static int IndexOf(IReadOnlyList<MetricDefinition> metrics, MetricDefinition metric)
    {
        for (var i = 0; i < metrics.Count; i++)
        {
            if (ReferenceEquals(metrics[i], metric))
            {
                return i;
            }
        }

        return 0;
    }
}
