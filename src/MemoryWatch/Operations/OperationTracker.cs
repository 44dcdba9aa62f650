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
    // From here on the end of a quiet operation is told: a fiftieth of a container of 512 MB in one go.
    private const long ToldFromBytes = 10L << 20;

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

    /// <param name="name">The operation.</param>
    /// <param name="context">What it is about.</param>
    /// <param name="verbosity">How much is told of it.</param>
    /// <param name="hasActivity">Whether it may start an activity of its own; a quiet one never does.</param>
    public OperationScope Start(
        string name, OperationContext context, OperationVerbosity verbosity = OperationVerbosity.Normal, bool hasActivity = true)
    {
        var isQuiet = verbosity == OperationVerbosity.Quiet;
        context = context.ToSafe();
        name = SafeText.Name(name);
        var scope = new OperationScope(this, Interlocked.Increment(ref _lastId), name, context, OperationScope.Running(_current.Value))
        {
            IsQuiet = isQuiet,
            StartTimestamp = time.GetTimestamp(),
            StartResidentBytes = probe.Read(),
            Budget = budgets().Of(name),
        };
        _inFlight.Enter(scope);
        scope.Activity = hasActivity && !isQuiet ? OperationActivity.Start(scope.Name, context) : null;
        _current.Value = scope;
        Enter(StartOf(scope));
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
        var allocation = scope.CloseLedger();
        var (resident, timestamp) = (probe.Read(), time.GetTimestamp());
        var (outcome, error) = scope.Result;
        var ended = new JournalEntry
        {
            Time = time.GetUtcNow(),
            Kind = JournalEntryKind.Ended,
            OperationId = scope.Id,
            ParentId = scope.ParentId,
            Slot = scope.Slot,
            Name = scope.Name,
            Context = scope.Context,
            ResidentBytes = resident,
            ChangeBytes = resident - scope.StartResidentBytes,
            Duration = time.GetElapsedTime(scope.StartTimestamp, timestamp),
            Allocation = isMetered ? allocation : null,
            Outcome = outcome,
            Error = error,
            IsQuiet = scope.IsQuiet && allocation.AllocatedBytes + allocation.ChargedBytes < ToldFromBytes,
        };
        scope.JudgeChange(resident);

        // Counted and told before it leaves: who looks at both finds it in one of them at least, and whoever is told knows that its
        // place is not another's yet.
        statistics.Add(ended);
        handover.Add(scope, ended, timestamp);
        var entry = Enter(ended);
        if (scope.Settled.AllocatedBytes != allocation.AllocatedBytes)
        {
            // Handed in before there was an entry to correct.
            journal.Amend(scope.Id, scope.Settled);
        }

        _inFlight.Leave(scope.Slot);
        OperationActivity.End(scope.Activity, entry);
        scope.Release();
    }

    /// <summary>Hands over an operation that went over its budget.</summary>
    public void HandOver(OperationScope scope, BudgetPart part, long bytes, long budgetBytes) => handover.Add(new BudgetOverrun(
        scope.Id, scope.Name, scope.Context, part, bytes, budgetBytes, time.GetElapsedTime(scope.StartTimestamp)));

    /// <summary>
    /// Tells of the start of each operation in flight again, with the time since then as its duration. Whoever is told of ends by now gets the end
    /// of each of these after its start: of one that has ended meanwhile it is told again too. Waits for nobody, and nobody waits for it.
    /// </summary>
    public void Replay(IEntryListener late)
    {
        foreach (var scope in _inFlight.All())
        {
            var entry = StartOf(scope) with { Duration = time.GetElapsedTime(scope.StartTimestamp) };
            late.OnEntry(entry);
            if (!scope.IsRunning)
            {
                late.OnEntry(entry with { Kind = JournalEntryKind.Ended });
            }
        }
    }

    /// <summary>Counts what a flow has allocated after the end of the operation that started it.</summary>
    public void CountLate(string name, long bytes) => _table.Of(name).AddLate(bytes);

    /// <summary>Adds to what was told of an operation's end what a thread handed in too late for that.</summary>
    public void Amend(OperationScope scope, long bytes, bool isOwn)
    {
        _table.Of(scope.Name).Amend(bytes, isOwn);
        journal.Amend(scope.Id, scope.Settled);
    }

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

    private JournalEntry StartOf(OperationScope scope) => new()
    {
        Time = time.GetUtcNow(),
        Kind = JournalEntryKind.Started,
        OperationId = scope.Id,
        ParentId = scope.ParentId,
        Slot = scope.Slot,
        Name = scope.Name,
        Context = scope.Context,
        ResidentBytes = scope.StartResidentBytes,
        IsQuiet = scope.IsQuiet,
    };

    private JournalEntry Point(JournalEntryKind kind, string name, in OperationContext context, long? residentBytes) => new()
    {
        Time = time.GetUtcNow(),
        Kind = kind,
        Name = name,
        Context = context,
        ResidentBytes = residentBytes,
        Outcome = OperationOutcome.Completed,
    };

    // The journal is the reports' last 20 lines: quiet operations would push everything else out of it within a moment.
    private JournalEntry Enter(in JournalEntry entry)
    {
        var numbered = entry.IsQuiet ? entry : journal.Add(entry);
        listener.OnEntry(numbered);
        return numbered;
    }
}
