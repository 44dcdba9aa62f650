using MemoryWatch.Track;

namespace MemoryWatch;

/// <content>What an operation may take before it is told of.</content>
public sealed partial class OperationScope
{
    private OperationBudget? _budget;

    /// <summary>What is left of its budget to be told of.</summary>
    internal OperationBudget? Budget
    {
        get => Volatile.Read(ref _budget);
        init => _budget = value;
    }

    /// <summary>
    /// Gives this operation a budget, in place of the one of its name: going over it raises one alert for each part, with the
    /// operation, its context and its age. What was allocated so far counts. After the end it does nothing.
    /// </summary>
    /// <param name="allocated">
    /// The most that it may allocate, the operations inside of it included; above zero. Judged whenever its flow leaves a thread, and at its
    /// end; never where allocations are not tracked.
    /// </param>
    /// <param name="change">
    /// The most by which the whole process's resident memory may grow from its start on, by whatever runs in between; above
    /// zero. Judged at each tick and at its end.
    /// </param>
    /// <exception cref="ArgumentException">Neither is given, or one is zero.</exception>
    public void SetBudget(MemorySize? allocated = null, MemorySize? change = null)
    {
        var budget = OperationBudget.Of(allocated, change);
        if (IsRunning)
        {
            Volatile.Write(ref _budget, budget);
        }
    }

    /// <summary>Compares the process's resident memory with the operation's budget, if it has one for that.</summary>
    internal void JudgeChange(long? residentBytes)
    {
        if (Budget is { ChangeBytes: { } most } budget && residentBytes - StartResidentBytes is { } change && change > most)
        {
            TellOverrun(budget, BudgetPart.Change, change, most);
        }
    }

    // Several threads may see it at once, and one of them tells.
    private void TellOverrun(OperationBudget budget, BudgetPart part, long bytes, long most)
    {
        if (ReferenceEquals(Interlocked.CompareExchange(ref _budget, budget.Without(part), budget), budget))
        {
            _tracker!.HandOver(this, part, bytes, most);
        }
    }
}
