using MemoryWatch.BlackBox.Format;
using MemoryWatch.Track;

namespace MemoryWatch.BlackBox.Record;

/// <summary>
/// Takes down what operations in flight have allocated so far, those that took most by themselves where there are many. Allocates only
/// when more are in flight than ever before. Used by the watch thread only.
/// </summary>
internal sealed class AllocationSurvey(InFlightRegistry inFlight)
{
    private AllocationInFlight[] _found = [];

    /// <param name="most">How many to take down.</param>
    /// <param name="isCut">Whether there are more.</param>
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
            // Quiet ones are not in the file.
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
