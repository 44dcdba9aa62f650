using MemoryWatch.BlackBox.Format;
using MemoryWatch.Judge;
using MemoryWatch.Track;

namespace MemoryWatch.BlackBox.Recall;

/// <summary>
/// What the operations of each name took within a window, as the file has it. It includes quiet operations and those that have been overwritten, but
/// has no contexts. What is known of single operations is subtracted, so that nothing counts twice.
/// </summary>
internal sealed class NamesTrail
{
    private readonly Dictionary<string, Sum> _byName = new(StringComparer.Ordinal);

    /// <summary>What the operations of further names allocated.</summary>
    public long OthersBytes { get; private set; }

    /// <summary>Number of operations that ended within the window.</summary>
    public long Ended { get; private set; }

    /// <summary>Adds a record of the window. Records are added in their order.</summary>
    public void Add(ReadOnlySpan<byte> record)
    {
        OthersBytes += Math.Min(NamesRecord.Others(record), AllocationFields.Most - OthersBytes);
        List<NameAllocation> items = [];
        NamesRecord.Read(record, items);
        foreach (var item in items)
        {
            var sum = Of(item.Name);
            sum.Own = Limited(sum.Own + new OperationAmount(item.AllocatedBytes, item.ChargedBytes));
            sum.LateBytes = Math.Min(sum.LateBytes + item.LateBytes, AllocationFields.Most);
            (sum.Ended, sum.InFlight) = (sum.Ended + item.Ended, item.InFlight);
            Ended += item.Ended;
        }
    }

    /// <summary>Subtracts an operation that is known, with what it took.</summary>
    public void TakeOut(string name, OperationAmount own)
    {
        if (_byName.TryGetValue(NamesRecord.Cut(name), out var sum) || _byName.TryGetValue(BoundedNames.Other, out sum))
        {
            (sum.Own, sum.Known) = ((sum.Own - own).Floored(), sum.Known + 1);
        }
    }

    /// <summary>Adds what is left of each name.</summary>
    public void AddTo(OperationSums sums)
    {
        foreach (var (name, sum) in _byName)
        {
            // If all of them are known, what is left belongs to one of these, of which less is known than was taken.
            if (sum.Own.Sum > 0 && sum.Ended + sum.InFlight > sum.Known)
            {
                sums.Add(name, sum.Ended + sum.InFlight - sum.Known, sum.Own, sum.InFlight > 0);
            }

            if (sum.LateBytes > 0)
            {
                sums.AddLate(name, sum.LateBytes);
            }
        }
    }

    private Sum Of(string name)
    {
        if (!_byName.TryGetValue(name, out var sum))
        {
            _byName[name] = sum = new();
        }

        return sum;
    }

    // Two numbers of a damaged file may be too large to add.
    private static OperationAmount Limited(OperationAmount amount) =>
        new(Math.Min(amount.AllocatedBytes, AllocationFields.Most), Math.Min(amount.ChargedBytes, AllocationFields.Most));

    private sealed class Sum
    {
        public OperationAmount Own { get; set; }

        public long LateBytes { get; set; }

        public long Ended { get; set; }

        public long InFlight { get; set; }

        public long Known { get; set; }
    }
}
