using MemoryWatch.Track;

namespace MemoryWatch.Judge;

/// <summary>Finds the operation that has allocated most since the process started. Used by the watch thread only; allocates nothing.</summary>
internal sealed class LargestOperation(OperationStore operations)
{
    /// <summary>
    /// The bytes that a single operation allocated or was charged with, without nested operations, ended or in flight; at least what has been
    /// attributed so far, to within 64 KB.
    /// </summary>
    public long Bytes()
    {
        var largest = 0L;
        foreach (var statistics in operations.Totals.All)
        {
            largest = Math.Max(largest, statistics.LargestBytes);
        }

        return largest;
    }
}
