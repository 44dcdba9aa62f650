using MemoryWatch.Track;

namespace MemoryWatch.Judge;

/// <summary>Raises an alert for each operation that exceeded its budget, ended operations included. Used by the watch thread only.</summary>
internal sealed class BudgetJudge(OperationStore operations)
{
    /// <summary>
    /// Maximum number of separate alerts per tick. One more alert counts the others, because a budget that is too small is exceeded by many
    /// operations.
    /// </summary>
    public const int Most = 8;

    private readonly List<int> _budgeted = [];
    private long _last;

    public void Judge(long? residentBytes, List<MemoryAlert> alerts)
    {
        JudgeChanges(residentBytes);
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

    private void JudgeChanges(long? residentBytes)
    {
        _budgeted.Clear();
        operations.InFlight.Budgeted.Take(_budgeted);
        var slots = operations.InFlight.Slots;
        foreach (var slot in _budgeted)
        {
            if (slots[slot] is { } scope)
            {
                scope.JudgeChange(residentBytes);
                operations.InFlight.NoteBudget(scope);
            }
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
