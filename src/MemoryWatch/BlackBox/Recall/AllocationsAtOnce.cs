using MemoryWatch.BlackBox.Format;
using MemoryWatch.Track;

namespace MemoryWatch.BlackBox.Recall;

/// <summary>Allocations of the operations in flight at one moment, by operation id.</summary>
internal sealed class AllocationsAtOnce
{
    private readonly Dictionary<long, OperationAllocation> _byOperation = [];
    private OperationAmount? _least;

    /// <summary>Whether more operations were in flight than are known; the unknown ones allocated less.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Adds the items of a record; if many operations were in flight, several records belong to one moment.</summary>
    public void Add(ReadOnlySpan<byte> record)
    {
        IsCut |= AllocationRecord.IsCut(record);
        for (var i = 0; i < AllocationRecord.Count(record); i++)
        {
            var (operation, allocation) = AllocationRecord.Read(record, i);
            _byOperation[operation] = allocation;
        }
    }

    /// <summary>Allocations of an operation; all zero if the operation is unknown.</summary>
    public OperationAllocation this[long operation] => _byOperation.GetValueOrDefault(operation);

    /// <summary>Minimum amount that an operation took since that moment.</summary>
    /// <param name="operation">The operation's id.</param>
    /// <param name="own">Its total, without nested operations.</param>
    /// <param name="ranThen">Whether it was in flight at that moment.</param>
    public OperationAmount Since(long operation, OperationAmount own, bool ranThen)
    {
        // The count is checked too, because a damaged record may be marked as cut although it has no items.
        if (IsCut && ranThen && _byOperation.Count > 0 && !_byOperation.ContainsKey(operation))
        {
            // Subtract the maximum that an operation cut off can have had.
            _least ??= _byOperation.Values.Select(allocation => OperationAmount.OwnOf(allocation)).MinBy(amount => amount.Sum);
            var allocated = Math.Min(own.AllocatedBytes, _least.Value.Sum);
            return (own - new OperationAmount(allocated, _least.Value.Sum - allocated)).Floored();
        }

        return (own - OperationAmount.OwnOf(this[operation])).Floored();
    }
}
