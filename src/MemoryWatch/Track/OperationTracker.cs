using System.Runtime.CompilerServices;
using MemoryWatch.Read;

namespace MemoryWatch.Track;

/// <summary>Starts and ends operations and enters what happened in the store.Journal. Thread-safe.</summary>
/// <param name="store">Where what is known of operations is kept.</param>
/// <param name="probe">Reads memory at both ends.</param>
/// <param name="time">The clock.</param>
/// <param name="listener">Is told of each entry.</param>
/// <param name="isMetered">Whether operations are charged with what they allocate.</param>
internal sealed class OperationTracker(
    OperationStore store, ResidentProbe probe, TimeProvider time, IEntryListener listener, bool isMetered)
{
    // From here on a quiet operation is told of: a fiftieth of a container of 512 MB in one go.
    private const long ToldFromBytes = 10L << 20;

    private readonly AsyncLocal<Operation?> _current = OperationFlows.Current(isMetered);

    // Quiet operations come by the thousand a second: they share readings of the last millisecond.
    private readonly long _sharedFor = time.TimestampFrequency / 1000;
    private readonly EntryClock _clock = new(time);
    private volatile OperationBudgets _budgets = OperationBudgets.None;
    private long _lastId;

    public bool IsMetered => isMetered;

    /// <summary>What tells the times of starts and ends.</summary>
    public EntryClock Clock => _clock;

    public OperationStore Store => store;

    /// <summary>The budgets in force for operations that start.</summary>
    public OperationBudgets Budgets
    {
        get => _budgets;
        set => _budgets = value;
    }

    public OperationInFlight[] InFlight
    {
        get
        {
            Settle();
            return store.InFlight.List(time);
        }
    }

    /// <param name="name">The operation.</param>
    /// <param name="context">What it is about.</param>
    /// <param name="verbosity">How much is told of it.</param>
    /// <param name="hasActivity">Whether it may start an activity of its own; a quiet one never does.</param>
    // Never made a part of the application's own code: its large frame would be set up there even where the watch is switched off.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public Operation Start(
        string name, OperationContext context, OperationVerbosity verbosity = OperationVerbosity.Normal, bool hasActivity = true)
    {
        var isQuiet = verbosity == OperationVerbosity.Quiet;
        context = context.ToSafe();
        name = SafeText.Name(name);
        var timestamp = time.GetTimestamp();
        var scope = new Operation(this, Interlocked.Increment(ref _lastId), name, context, Operation.Running(_current.Value), _budgets.Of(name))
        {
            IsQuiet = isQuiet,
            StartTimestamp = timestamp,
            StartResidentBytes = Read(isQuiet, timestamp),
        };
        store.InFlight.Enter(scope);
        scope.Activity = hasActivity && !isQuiet ? OperationActivity.Start(scope.Name, context) : null;
        _current.Value = scope;
        var started = StartOf(scope);
        Enter(started);
        return scope;
    }

    /// <summary>Called once per scope, by the scope itself.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void End(Operation scope)
    {
        // On another flow than the one that started it, that flow's own current operation stays.
        if (ReferenceEquals(_current.Value, scope))
        {
            _current.Value = Operation.Running(scope.Parent);
        }

        var statistics = store.Totals.Of(scope.Name);
        var allocation = scope.CloseLedger();
        var timestamp = time.GetTimestamp();
        var resident = Read(scope.IsQuiet, timestamp);
        var (outcome, error) = scope.Result;
        var ended = new JournalEntry
        {
            Time = _clock.Of(timestamp),
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
            IsQuiet = scope.IsQuiet && !IsMuch(allocation),
        };
        scope.JudgeChange(resident);

        // Counted and told before it leaves: who looks at both finds it in one of them at least, and whoever is told knows that its
        // place is not another's yet.
        statistics.Add(ended);
        store.Handover.Add(scope, ended, timestamp);
        Enter(ended);
        if (scope.Settled.AllocatedBytes != allocation.AllocatedBytes)
        {
            // Handed in before there was an entry to correct.
            store.Journal.Amend(scope.Id, scope.Settled);
        }

        store.InFlight.Leave(scope.Slot);
        OperationActivity.End(scope.Activity, ended);
        scope.Release();
    }

    /// <summary>Hands over an operation that went over its budget.</summary>
    public void HandOver(Operation scope, BudgetPart part, long bytes, long budgetBytes) => store.Handover.Add(new BudgetOverrun(
        scope.Id, scope.Name, scope.Context, part, bytes, budgetBytes, time.GetElapsedTime(scope.StartTimestamp)));

    /// <summary>
    /// Tells of the start of each operation in flight again, with the time since then as its duration. Whoever is told of ends by now gets the end
    /// of each of these after its start: of one that has ended meanwhile it is told again too. Waits for nobody, and nobody waits for it.
    /// </summary>
    public void Replay(IReplayListener late)
    {
        foreach (var scope in store.InFlight.All())
        {
            Replay(scope, late);
        }
    }

    /// <summary>Tells again, as of all in flight, of quiet operations that have taken much by now, each once. Allocates nothing.</summary>
    public void ReplayMuch(IReplayListener late)
    {
        foreach (var scope in store.InFlight.Slots)
        {
            if (scope is { IsRunning: true, IsQuiet: true } && IsMuch(scope.Settled))
            {
                scope.Speak();
                Replay(scope, late);
            }
        }
    }

    /// <summary>Counts what a flow has allocated after the end of the operation that started it.</summary>
    public void CountLate(string name, long bytes) => store.Totals.Of(name).AddLate(bytes);

    /// <summary>Adds to what was told of an operation's end what a thread handed in too late for that.</summary>
    public void Amend(Operation scope, long bytes, bool isOwn)
    {
        store.Totals.Of(scope.Name).Amend(bytes, isOwn);
        store.Journal.Amend(scope.Id, scope.Settled);
    }

    /// <summary>Lets the current flow work for this operation.</summary>
    public EnteredOperation Enter(Operation scope)
    {
        var before = _current.Value;
        _current.Value = scope;
        return new(scope, before);
    }

    /// <summary>Lets the current flow work for what it worked for before, if it works for this operation.</summary>
    public void Leave(Operation scope, Operation? before)
    {
        if (ReferenceEquals(_current.Value, scope))
        {
            _current.Value = before;
        }
    }

    /// <summary>Charges what the current flow has allocated so far to the operation it works for.</summary>
    public void Settle()
    {
        if (isMetered)
        {
            OperationFlows.Settle();
        }
    }

    public void Mark(string name, in OperationContext context) =>
        EnterPoint(JournalEntryKind.Mark, SafeText.Name(name), context.ToSafe(), probe.Read());

    public void Snapshot(MemorySnapshot snapshot) =>
        EnterPoint(JournalEntryKind.Snapshot, snapshot.Operation, snapshot.Context, snapshot.Process.ResidentBytes);

    private static bool IsMuch(in OperationAllocation allocation) => allocation.AllocatedBytes + allocation.ChargedBytes >= ToldFromBytes;

    private void Replay(Operation scope, IReplayListener late)
    {
        var entry = StartOf(scope) with { Time = time.GetUtcNow(), Duration = time.GetElapsedTime(scope.StartTimestamp) };
        late.OnReplay(entry);
        if (!scope.IsRunning)
        {
            late.OnReplay(entry with { Kind = JournalEntryKind.Ended });
        }
    }

    private long? Read(bool isQuiet, long timestamp) =>
        isQuiet ? probe.ReadShared(timestamp, timestamp - _sharedFor) : probe.Read();

    private JournalEntry StartOf(Operation scope) => new()
    {
        Time = _clock.Of(scope.StartTimestamp),
        Kind = JournalEntryKind.Started,
        Outcome = OperationOutcome.Running,
        OperationId = scope.Id,
        ParentId = scope.ParentId,
        Slot = scope.Slot,
        Name = scope.Name,
        Context = scope.Context,
        ResidentBytes = scope.StartResidentBytes,
        IsQuiet = scope.IsQuiet,
    };

    private void EnterPoint(JournalEntryKind kind, string name, in OperationContext context, long? residentBytes)
    {
        var entry = new JournalEntry
        {
            Time = time.GetUtcNow(),
            Kind = kind,
            Name = name,
            Context = context,
            ResidentBytes = residentBytes,
            Outcome = OperationOutcome.Completed,
        };
        Enter(entry);
    }

    // The journal is the reports' last 20 lines: quiet operations would push everything else out of it within a moment.
    private void Enter(in JournalEntry entry)
    {
        if (!entry.IsQuiet)
        {
            store.Journal.Add(entry);
        }

        listener.OnEntry(entry);
    }
}
