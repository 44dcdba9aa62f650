using MemoryWatch.BlackBox.Format;
using MemoryWatch.Track;

namespace MemoryWatch.BlackBox.Recall;

/// <summary>What operations in flight had allocated at one moment, by their numbers.</summary>
internal sealed class AllocationsAtOnce
{
    private readonly Dictionary<long, OperationAllocation> _byOperation = [];
    private OperationAmount? _least;

    /// <summary>Whether there were more than are known: those that took less.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Adds what a record says; several are of one moment where many were in flight.</summary>
    public void Add(ReadOnlySpan<byte> record)
    {
        IsCut |= AllocationRecord.IsCut(record);
        for (var i = 0; i < AllocationRecord.Count(record); i++)
        {
            var (operation, allocation) = AllocationRecord.Read(record, i);
            _byOperation[operation] = allocation;
        }
    }

    /// <summary>Nothing for one that is not known.</summary>
    public OperationAllocation this[long operation] => _byOperation.GetValueOrDefault(operation);

    /// <summary>What an operation took since then, at least.</summary>
    /// <param name="operation">Its number.</param>
    /// <param name="own">What it has taken in all.</param>
    /// <param name="ranThen">Whether it was in flight at that moment.</param>
    public OperationAmount Since(long operation, OperationAmount own, bool ranThen)
    {
        // A damaged record may say that there were more than none.
        if (IsCut && ranThen && _byOperation.Count > 0 && !_byOperation.ContainsKey(operation))
        {
            // As much as any that was cut off can have had.
            _least ??= _byOperation.Values.Select(allocation => OperationAmount.OwnOf(allocation)).MinBy(amount => amount.Sum);
            var allocated = Math.Min(own.AllocatedBytes, _least.Value.Sum);
            return (own - new OperationAmount(allocated, _least.Value.Sum - allocated)).Floored();
        }

        return (own - OperationAmount.OwnOf(this[operation])).Floored();
    }
}
