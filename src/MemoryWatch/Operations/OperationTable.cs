using System.Collections.Concurrent;

namespace MemoryWatch.Operations;

/// <summary>The statistics of each operation name, of a bounded number of names: the rest go to one. Thread-safe.</summary>
internal sealed class OperationTable
{
    /// <summary>How many names have statistics of their own.</summary>
    public const int MostNames = 64;

    /// <summary>The name of the rest.</summary>
    public const string Other = "other";

    private readonly ConcurrentDictionary<string, OperationStatistics> _byName = new(StringComparer.Ordinal);
    private readonly Lazy<OperationStatistics> _other = new(() => new(Other));

    public OperationStatistics Of(string name)
    {
        if (_byName.TryGetValue(name, out var known))
        {
            return known;
        }

        // Several new names at once may go a little beyond the bound, never far.
        return _byName.Count < MostNames && name != Other ? _byName.GetOrAdd(name, static n => new(n)) : _other.Value;
    }

    /// <summary>All of them, by what they allocated, the most first.</summary>
    public OperationTotals[] Read()
    {
        var totals = new List<OperationTotals>(_byName.Count + 1);
        foreach (var (_, statistics) in _byName)
        {
            totals.Add(statistics.Read());
        }

        if (_other.IsValueCreated)
        {
            totals.Add(_other.Value.Read());
        }

        totals.Sort(static (a, b) => (b.AllocatedTotalBytes ?? 0, b.Count).CompareTo((a.AllocatedTotalBytes ?? 0, a.Count)));
        return [.. totals];
    }
}
