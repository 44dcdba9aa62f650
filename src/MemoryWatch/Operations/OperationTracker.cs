using MemoryWatch.Readings;
using MemoryWatch.Values;

namespace MemoryWatch.Operations;

/// <summary>Starts and ends operations and enters what happened in the journal. Thread-safe.</summary>
/// <param name="probe">Reads memory at both ends.</param>
/// <param name="journal">Where entries go.</param>
/// <param name="time">The clock.</param>
/// <param name="listener">Is told of each entry.</param>
/// <param name="isMetered">Whether operations are charged with what they allocate.</param>
/// <param name="handover">Where the watch thread finds what it has to look at.</param>
/// <param name="budgets">The budgets in force, for operations that start.</param>
internal sealed class OperationTracker(
    ResidentProbe probe, Journal journal, TimeProvider time, IEntryListener listener, bool isMetered,
    OperationHandover handover, Func<OperationBudgets> budgets)
{
    private readonly AsyncLocal<OperationScope?> _current = OperationFlows.Current(isMetered);
    private readonly InFlightRegistry _inFlight = new();
    private readonly OperationTable _table = new();
    private long _lastId;

    public bool IsMetered => isMetered;

    public InFlightRegistry Registry => _inFlight;

    public OperationTable Table => _table;

    public OperationHandover Handover => handover;

    public OperationInFlight[] InFlight
    {
        get
        {
            Settle();
            return _inFlight.List(time);
        }
    }

    public OperationTotals[] Totals => _table.Read();

    public OperationScope Start(string name, OperationContext context)
    {
        context = context.ToSafe();
        name = SafeText.Name(name);
        var scope = new OperationScope(this, Interlocked.Increment(ref _lastId), name, context, OperationScope.Running(_current.Value))
        {
            StartTimestamp = time.GetTimestamp(),
            StartResidentBytes = probe.Read(),
            Budget = budgets().Of(name),
        };
        scope.Slot = _inFlight.Enter(scope);
        scope.Activity = OperationActivity.Start(scope.Name, context);
        _current.Value = scope;
        Enter(new()
        {
            Time = time.GetUtcNow(),
            Kind = JournalEntryKind.Started,
            OperationId = scope.Id,
            Name = scope.Name,
            Context = context,
            ResidentBytes = scope.StartResidentBytes,
        });
        return scope;
    }

    /// <summary>Called once per scope, by the scope itself.</summary>
    public void End(OperationScope scope)
    {
        // On another flow than the one that started it, that flow's own current operation stays.
        if (ReferenceEquals(_current.Value, scope))
        {
            _current.Value = OperationScope.Running(scope.Parent);
        }

        var statistics = _table.Of(scope.Name);
        scope.CloseLedger(statistics);
        var (resident, timestamp) = (probe.Read(), time.GetTimestamp());
        var (outcome, error) = scope.Result;
        var ended = new JournalEntry
        {
            Time = time.GetUtcNow(),
            Kind = JournalEntryKind.Ended,
            OperationId = scope.Id,
            Name = scope.Name,
            Context = scope.Context,
            ResidentBytes = resident,
            ChangeBytes = resident - scope.StartResidentBytes,
            Duration = time.GetElapsedTime(scope.StartTimestamp, timestamp),
            Allocation = isMetered ? scope.Allocation : null,
            Outcome = outcome,
            Error = error,
        };
        scope.JudgeChange(resident);

        // Counted before it leaves: who looks at both finds it in one of them at least.
        statistics.Add(ended);
        handover.Add(scope, ended, timestamp);
        _inFlight.Leave(scope.Slot);
        var entry = Enter(ended);
        OperationActivity.End(scope.Activity, entry);
        scope.Release();
    }

    /// <summary>Hands over an operation that went over its budget.</summary>
    public void HandOver(OperationScope scope, BudgetPart part, long bytes, long budgetBytes) => handover.Add(new BudgetOverrun(
        scope.Id, scope.Name, scope.Context, part, bytes, budgetBytes, time.GetElapsedTime(scope.StartTimestamp)));

    public EnteredOperation WorkFor(OperationScope scope) => new(_current, scope);

    /// <summary>Charges what the current flow has allocated so far to the operation it works for.</summary>
    public void Settle()
    {
        if (isMetered)
        {
            OperationFlows.Settle();
        }
    }

    public void Mark(string name, in OperationContext context) =>
        Enter(Point(JournalEntryKind.Mark, SafeText.Name(name), context.ToSafe(), probe.Read()));

    public void Snapshot(string name, in OperationContext context, long? residentBytes) =>
        Enter(Point(JournalEntryKind.Snapshot, name, context, residentBytes));

    private JournalEntry Point(JournalEntryKind kind, string name, in OperationContext context, long? residentBytes) => new()
    {
        Time = time.GetUtcNow(),
        Kind = kind,
        Name = name,
        Context = context,
        ResidentBytes = residentBytes,
        Outcome = OperationOutcome.Completed,
    };

    private JournalEntry Enter(in JournalEntry entry)
    {
        var numbered = journal.Add(entry);
        listener.OnEntry(numbered);
        return numbered;
    }
}
