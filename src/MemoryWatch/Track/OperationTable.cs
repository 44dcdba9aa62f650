namespace MemoryWatch.Track;

/// <summary>The statistics for each operation name. The number of names is bounded; further names share one. Thread-safe.</summary>
internal sealed class OperationTable
{
    private readonly object _lock = new();

    // Replaced when a name is added, so that readers need no lock.
    private volatile Dictionary<string, OperationStatistics> _byName = new(StringComparer.Ordinal);
    private OperationStatistics[] _all = [];

    /// <summary>The names that have separate statistics.</summary>
    public BoundedNames Names { get; } = new();

    /// <summary>All statistics, in the order in which their names were first seen. Reading the property costs nothing.</summary>
    public ReadOnlySpan<OperationStatistics> All => Volatile.Read(ref _all);

    public OperationStatistics Of(string name) => _byName.TryGetValue(name, out var known) ? known : Add(Names.Of(name));

    /// <summary>The totals of all names, sorted by allocated bytes, highest first.</summary>
    public OperationTotals[] Read()
    {
        // A name of which none has ended yet has no totals.
        OperationTotals[] totals = [.. Volatile.Read(ref _all).Select(static statistics => statistics.Read()).Where(static t => t.Count > 0)];
        Array.Sort(totals, static (a, b) => (b.AllocatedTotalBytes ?? 0, b.Count).CompareTo((a.AllocatedTotalBytes ?? 0, a.Count)));
        return totals;
    }

    private OperationStatistics Add(string name)
    {
        lock (_lock)
        {
            if (!_byName.TryGetValue(name, out var statistics))
            {
                statistics = new(name, _all.Length);
                _byName = new(_byName, StringComparer.Ordinal) { [name] = statistics };
                Volatile.Write(ref _all, [.. _all, statistics]);
            }

            return statistics;
        }
    }
}
