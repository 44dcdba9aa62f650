using System.Runtime.InteropServices;
using MemoryWatch.Track;

namespace MemoryWatch.Judge;

/// <summary>
/// Notices scopes that are never disposed, by the number of operations of one name that stay in flight. Used by the watch thread only; allocates
/// nothing unless it raises an alert.
/// </summary>
internal sealed class ForgottenJudge(OperationStore operations, TimeProvider time)
{
    /// <summary>Number of old operations of one name from which they are reported.</summary>
    public const int LeastOld = 1000;

    // The number that was reported for each name; 0 once it has fallen to less than half of it.
    private readonly Dictionary<OperationStatistics, int> _told = [];

    public void Judge(List<MemoryAlert> alerts)
    {
        operations.InFlight.CountOld(time);
        foreach (var statistics in operations.Totals.All)
        {
            var (count, old) = (statistics.InFlight, statistics.Old);
            var number = old >= LeastOld ? old : count >= InFlightRegistry.MostOfName ? count : 0;
            if (number == 0 && _told.Count == 0)
            {
                continue;
            }

            ref var told = ref CollectionsMarshal.GetValueRefOrAddDefault(_told, statistics, out _);
            if (number >= Math.Max(1, told * 2L))
            {
                told = number;
                alerts.Add(new ForgottenOperationsAlert(statistics.Name, count, old) { NotKeptCount = statistics.NotKept });
            }
            else if (number < told / 2)
            {
                told = 0;
            }
        }
    }
}
