using System.Collections.Concurrent;

namespace MemoryWatch.Track;

/// <summary>The statistics of each operation name, of a bounded number of names: the rest go to one. Thread-safe.</summary>
internal sealed class OperationTable
{
    /// <summary>How many names have statistics of their own.</summary>
    public const int MostNames = 64;

    /// <summary>The name of the rest.</summary>
    public const string Other = "other";

    private readonly object _lock = new();
    private readonly ConcurrentDictionary<string, OperationStatistics> _byName = new(StringComparer.Ordinal);
    private OperationStatistics[] _all = [];
    private OperationStatistics? _other;

    /// <summary>All there are, in no order; asking costs nothing.</summary>
    public ReadOnlySpan<OperationStatistics> All => Volatile.Read(ref _all);

    public OperationStatistics Of(string name) => _byName.TryGetValue(name, out var known) ? known : Add(name);

    /// <summary>The name under which operations of this one are added up.</summary>
    public string NameOf(string name) =>
        _byName.ContainsKey(name) || (name != Other && All.Length - (_other is null ? 0 : 1) < MostNames) ? name : Other;

    /// <summary>All of them, by what they allocated, the most first.</summary>
    public OperationTotals[] Read()
    {
        var totals = Array.ConvertAll(Volatile.Read(ref _all), static statistics => statistics.Read());
        Array.Sort(totals, static (a, b) => (b.AllocatedTotalBytes ?? 0, b.Count).CompareTo((a.AllocatedTotalBytes ?? 0, a.Count)));
        return totals;
    }

    private OperationStatistics Add(string name)
    {
        lock (_lock)
        {
            if (_byName.TryGetValue(name, out var known))
            {
                return known;
            }

            if (NameOf(name) != Other)
            {
                return _byName[name] = Keep(new(name));
            }

            return _other ??= Keep(new(Other));
        }
    }

    private OperationStatistics Keep(OperationStatistics statistics)
    {
        Volatile.Write(ref _all, [.. _all, statistics]);
        return statistics;
    }
}
