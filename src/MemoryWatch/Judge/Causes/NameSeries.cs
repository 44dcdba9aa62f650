using MemoryWatch.Track;

namespace MemoryWatch.Judge;

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
