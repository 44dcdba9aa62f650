using MemoryWatch.Track;

namespace MemoryWatch.Judge;

/// <summary>Finds the operation that has allocated most since the process started. Used by the watch thread only; allocates nothing.</summary>
internal sealed class LargestOperation(OperationStore operations)
{
    private long _last;
    private long _ended;

    /// <summary>
    /// The bytes that a single operation allocated or was charged with, without nested operations, ended or in flight; at least what has been
    /// attributed so far.
    /// </summary>
    public long Bytes()
    {
        // In flight first: an operation is handed over before it leaves its slot, so none is missed.
        var largest = 0L;
        foreach (var operation in operations.InFlight.Slots)
        {
            largest = Math.Max(largest, operation?.Own.Sum ?? 0);
        }

        while (operations.Handover.Ended.TryGetNext(ref _last, out var ended))
        {
            _ended = Math.Max(_ended, OperationAmount.OwnOf(ended.Allocation).Sum);
        }

        return Math.Max(largest, _ended);
    }
}
