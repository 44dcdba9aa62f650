using System.Globalization;
using MemoryWatch.Track;

namespace MemoryWatch.Judge;

/// <summary>Tells of each operation that went over its budget, ended ones included. Used by the watch thread only.</summary>
internal sealed class BudgetJudge(OperationTracker operations)
{
    public const string Kind = "budget";

    /// <summary>How many are told one by one at a tick; the others in one number, as a budget that is too small is too small for all.</summary>
    public const int Most = 8;

    private long _last;

    public void Judge(long? residentBytes, List<MemoryAlert> alerts)
    {
        foreach (var scope in operations.Registry.Slots)
        {
            scope?.JudgeChange(residentBytes);
        }

        var told = 0;
        var others = 0L;
        for (var before = _last; operations.Handover.Overruns.TryGetNext(ref _last, out var overrun); before = _last)
        {
            others += _last - before - 1;
            if (told < Most)
            {
                alerts.Add(Describe(overrun));
                told++;
            }
            else
            {
                others++;
            }
        }

        if (others > 0)
        {
            alerts.Add(new(
                Kind,
                AlertSeverity.Warning,
                string.Create(CultureInfo.InvariantCulture, $"⚠️ OVER BUDGET: {others} more since the last look"),
                [new("count", others)]));
        }
    }

    private static MemoryAlert Describe(in BudgetOverrun overrun)
    {
        var isAllocated = overrun.Part == BudgetPart.Allocated;
        var took = isAllocated
            ? $"allocated {MemoryText.Megabytes(overrun.Bytes)}"
            : $"memory {MemoryText.Change(overrun.Bytes)}";
        return OperationAlert.Of(
            Kind,
            $"⚠️ OVER BUDGET: {overrun.Name}, {took} / {MemoryText.Limit(overrun.BudgetBytes)} after {MemoryText.Duration(overrun.Age)}",
            overrun.OperationId,
            overrun.Name,
            overrun.Context,
            new("budget", isAllocated ? "allocated" : "change"),
            new("budget_bytes", overrun.BudgetBytes),
            new(isAllocated ? "allocated_bytes" : "resident_change_bytes", overrun.Bytes),
            new("age_seconds", overrun.Age.TotalSeconds));
    }
}
