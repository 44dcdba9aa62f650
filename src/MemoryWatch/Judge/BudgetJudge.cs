using MemoryWatch.Track;

namespace MemoryWatch.Judge;

/// <summary>Tells of each operation that went over its budget, ended ones included. Used by the watch thread only.</summary>
internal sealed class BudgetJudge(OperationStore operations)
{
    /// <summary>How many are told one by one at a tick; the others in one number, as a budget that is too small is too small for all.</summary>
    public const int Most = 8;

    private long _last;

    public void Judge(long? residentBytes, List<MemoryAlert> alerts)
    {
        foreach (var scope in operations.InFlight.Slots)
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
            alerts.Add(new MoreBudgetsAlert(others));
        }
    }

    private static BudgetAlert Describe(in BudgetOverrun overrun) => new(overrun.OperationId, overrun.Name, overrun.Context)
    {
        Part = overrun.Part,
        Bytes = overrun.Bytes,
        BudgetBytes = overrun.BudgetBytes,
        Age = overrun.Age,
    };
}
