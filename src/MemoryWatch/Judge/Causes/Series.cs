using MemoryWatch.Track;

namespace MemoryWatch.Judge;

/// <summary>A running sum as it was at each reading of the history.</summary>
internal sealed class AmountSeries
{
    private readonly OperationAmount[] _at = new OperationAmount[MemoryHistory.Length];
    private long _first;

    /// <summary>Begins anew: before this reading the sum was zero.</summary>
    public void Begin(long number) => _first = number;

    /// <summary>Each reading from the first on is set, one after the other; the last may be set again.</summary>
    public void Set(long number, OperationAmount amount)
    {
        _first = Math.Min(_first, number);
        _at[number % MemoryHistory.Length] = amount;
    }

    public OperationAmount At(long number) => number < _first ? default : _at[number % MemoryHistory.Length];

    public void CopyTo(AmountSeries other)
    {
        _at.CopyTo(other._at, 0);
        other._first = _first;
    }
}

/// <summary>What the operations of one name had taken at each reading of the history.</summary>
internal sealed class NameSeries(OperationStatistics statistics)
{
    private readonly Entry[] _at = new Entry[MemoryHistory.Length];

    public string Name => statistics.Name;

    public void Keep(long number)
    {
        var (count, own, late) = statistics.ReadOwn();
        _at[number % MemoryHistory.Length] = new() { Count = count, Own = own, LateBytes = late };
    }

    /// <summary>An operation has ended that was in flight at these readings: what it had by then is not of the time since.</summary>
    public void Ended(long number, OperationAmount amount) => _at[number % MemoryHistory.Length].InFlight += amount;

    /// <summary>
    /// Since that reading: how many have ended, what they took since, not counting what they had before, and what flows took after
    /// the end of theirs.
    /// </summary>
    public (long Count, OperationAmount Own, long LateBytes) Since(long number)
    {
        var then = _at[number % MemoryHistory.Length];
        var (count, own, late) = statistics.ReadOwn();
        return (count - then.Count, (own - then.Own - then.InFlight).Floored(), late - then.LateBytes);
    }

    private struct Entry
    {
        public long Count;
        public OperationAmount Own;
        public OperationAmount InFlight;
        public long LateBytes;
    }
}
