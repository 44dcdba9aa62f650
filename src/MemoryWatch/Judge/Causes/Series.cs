using MemoryWatch.Track;

namespace MemoryWatch.Judge;

/// <summary>The values of a running sum at the readings of the history.</summary>
internal sealed class AmountSeries
{
    private readonly OperationAmount[] _at = new OperationAmount[ReadingHistory.Length];

    public OperationAmount this[long number]
    {
        get => _at[number % ReadingHistory.Length];
        set => _at[number % ReadingHistory.Length] = value;
    }
}

/// <summary>The amounts of all operations of one name at the readings of the history.</summary>
internal sealed class NameSeries(OperationStatistics statistics)
{
    private readonly Entry[] _at = new Entry[ReadingHistory.Length];

    public string Name => statistics.Name;

    public void Keep(long number)
    {
        var (count, own, late) = statistics.ReadOwn();
        _at[number % ReadingHistory.Length] = new() { Count = count, Own = own, LateBytes = late };
    }

    /// <summary>Subtracts what an operation that has now ended already had at a reading, because it does not belong to the time since.</summary>
    public void Ended(long number, OperationAmount amount) => _at[number % ReadingHistory.Length].InFlight += amount;

    /// <summary>
    /// Since that reading: how many operations have ended, what they took since, and the bytes that flows allocated after their operation had
    /// ended.
    /// </summary>
    public (long Count, OperationAmount Own, long LateBytes) Since(long number)
    {
        var then = _at[number % ReadingHistory.Length];
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
