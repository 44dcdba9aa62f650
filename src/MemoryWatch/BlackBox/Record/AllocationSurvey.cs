using MemoryWatch.BlackBox.Format;
using MemoryWatch.Track;

namespace MemoryWatch.BlackBox.Record;

/// <summary>
/// Collects the allocations so far of operations in flight. If there are too many, it keeps the operations with the highest amounts, nested
/// operations excluded. Allocates only when the number of in-flight slots has grown. Collecting is for the watch thread only.
/// </summary>
internal sealed class AllocationSurvey(InFlightRegistry inFlight)
{
    private AllocationInFlight[] _found = [];

    /// <summary>Counts the quiet operations in flight. Any thread may call it; allocates nothing.</summary>
    public int CountQuiet()
    {
        var count = 0;
        foreach (var scope in inFlight.Slots)
        {
            count += scope is { IsRunning: true, IsQuiet: true } ? 1 : 0;
        }

        return count;
    }

    /// <param name="most">Maximum number of operations to collect.</param>
    /// <param name="isCut">Whether there are more operations.</param>
    public ReadOnlySpan<AllocationInFlight> Take(int most, out bool isCut)
    {
        var slots = inFlight.Slots;
        if (_found.Length < slots.Length)
        {
            _found = new AllocationInFlight[slots.Length];
        }

        var count = 0;
        foreach (var scope in slots)
        {
            // Quiet operations are not in the file.
            if (scope is { IsRunning: true, IsQuiet: false } && scope.Settled is var allocation
                && allocation.AllocatedBytes + allocation.ChargedBytes > 0)
            {
                _found[count++] = new(scope.Id, allocation);
            }
        }

        var found = _found.AsSpan(0, count);
        isCut = count > most;
        if (isCut)
        {
            found.Sort(static (a, b) => OperationAmount.OwnOf(b.Allocation).Sum.CompareTo(OperationAmount.OwnOf(a.Allocation).Sum));
            found = found[..most];
        }

        return found;
    }
}
