using System.Runtime.CompilerServices;
using MemoryWatch.Read;

namespace MemoryWatch.Track;

/// <summary>Starts and ends operations and adds entries to the journal. Thread-safe.</summary>
/// <param name="store">Holds the data about operations.</param>
/// <param name="probe">Reads memory at the start and at the end.</param>
/// <param name="time">The clock.</param>
/// <param name="listener">Receives each entry.</param>
/// <param name="isMetered">Whether allocations are attributed to operations.</param>
internal sealed class OperationTracker(
    OperationStore store, ResidentProbe probe, TimeProvider time, IEntryListener listener, bool isMetered)
{
    // A quiet operation that takes at least this much is reported: it is a fiftieth of a container of 512 MB.
    private const long ToldFromBytes = 10L << 20;

    private readonly AsyncLocal<Operation?> _current = OperationFlows.Current(isMetered);

    // There can be thousands of quiet operations per second, so they share readings of the last millisecond.
    private readonly long _sharedFor = time.TimestampFrequency / 1000;
    private readonly EntryClock _clock = new(time);
    private volatile OperationBudgets _budgets = OperationBudgets.None;
    private long _lastId;

    public bool IsMetered => isMetered;

    /// <summary>The clock for the times of starts and ends.</summary>
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

    /// <param name="name">The operation's name.</param>
    /// <param name="context">The operation's context.</param>
    /// <param name="verbosity">How much is reported about the operation.</param>
    /// <param name="hasActivity">Whether the operation may start an activity; a quiet operation never does.</param>
    // Never inlined: otherwise the application's code would set up this method's large stack frame even while the watch is disabled.
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
            MayEndAnywhere = !hasActivity,
            StartTimestamp = timestamp,
            StartResidentBytes = Read(isQuiet, timestamp),
        };
        store.InFlight.Enter(scope);
        isQuiet = scope.IsQuiet;
        scope.Activity = hasActivity && !isQuiet ? OperationActivity.Start(scope.Name, context) : null;
        _current.Value = scope;
        var started = StartOf(scope);
        Enter(started);
        return scope;
    }

    /// <summary>Ends an operation. Each scope calls it once for itself.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void End(Operation scope)
    {
        // If another flow than the one that started the operation ends it, that other flow keeps its current operation.
        var statistics = scope.Statistics;
        var isCurrent = ReferenceEquals(_current.Value, scope);
        if (isCurrent)
        {
            _current.Value = Operation.Running(scope.Parent);
        }
        else
        {
            // The current operation may be nested in this one, and what it allocated by now belongs to both.
            Settle();
            if (!scope.MayEndAnywhere && statistics.CountEndedElsewhere())
            {
                listener.OnEndedElsewhere(statistics.Name);
            }
        }

        var allocation = scope.CloseLedger();
        if (!isCurrent)
        {
            // What the current operation allocates from now on comes after this end.
            Settle();
        }

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
            Duration = time.GetAge(scope.StartTimestamp, timestamp),
            Allocation = isMetered ? allocation : null,
            Outcome = outcome,
            Error = error,
            IsQuiet = scope.IsQuiet && (scope.Slot == InFlightRegistry.NoSlot || !IsMuch(allocation)),
        };
        scope.JudgeChange(resident);

        // The operation is counted and reported before it leaves its slot. A reader of the totals and of the operations in flight
        // therefore finds it in at least one of them, and a listener knows that the slot does not yet belong to another operation.
        statistics.Add(ended);
        store.Handover.Add(scope, ended, timestamp);
        Enter(ended);
        if (scope.Settled.AllocatedBytes != allocation.AllocatedBytes)
        {
            // A thread attributed bytes before the journal had an entry to correct.
            store.Journal.Amend(scope.Id, scope.Settled);
        }

        store.InFlight.Leave(scope);
        OperationActivity.End(scope.Activity, ended);
        scope.Release();
    }

    /// <summary>Passes an operation that exceeded its budget to the watch thread.</summary>
    public void HandOver(Operation scope, BudgetPart part, long bytes, long budgetBytes) => store.Handover.Add(new BudgetOverrun(
        scope.Id, scope.Name, scope.Context, part, bytes, budgetBytes, time.GetAge(scope.StartTimestamp)));

    /// <summary>
    /// Replays the start of each operation in flight, with the time since then as its duration. If an operation has ended meanwhile, its end is
    /// replayed too. A listener that already receives ends therefore gets each of these ends after its start. Holds no lock while it calls the
    /// listener.
    /// </summary>
    public void Replay(IReplayListener late)
    {
        foreach (var scope in store.InFlight.All())
        {
            Replay(scope, late);
        }
    }

    /// <summary>
    /// Replays the start of each quiet operation that has taken at least 10 MB by now, once each, as <see cref="Replay(IReplayListener)"/> does.
    /// Allocates nothing.
    /// </summary>
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

    /// <summary>Counts bytes that a flow allocated after the end of the operation that started it.</summary>
    public void CountLate(string name, long bytes) => store.Totals.Of(name).AddLate(bytes);

    /// <summary>Corrects an operation's totals and end entry by bytes that were attributed after its end was reported.</summary>
    public void Amend(Operation scope, long bytes, bool isOwn)
    {
        store.Totals.Of(scope.Name).Amend(bytes, isOwn);
        store.Journal.Amend(scope.Id, scope.Settled);
    }

    /// <summary>Makes this operation the current one of the current flow.</summary>
    public EnteredOperation Enter(Operation scope)
    {
        var before = _current.Value;
        _current.Value = scope;
        return new(scope, before);
    }

    /// <summary>Restores the previous operation of the current flow, if this operation is its current one.</summary>
    public void Leave(Operation scope, Operation? before)
    {
        if (ReferenceEquals(_current.Value, scope))
        {
            _current.Value = before;
        }
    }

    /// <summary>Attributes the current flow's allocations so far to the operation that it works for.</summary>
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
        var entry = StartOf(scope) with { Time = time.GetUtcNow(), Duration = time.GetAge(scope.StartTimestamp) };
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

    // Reports show the last 20 entries of the journal; quiet operations would push everything else out of it within a moment.
    private void Enter(in JournalEntry entry)
    {
        if (!entry.IsQuiet)
        {
            store.Journal.Add(entry);
        }

        listener.OnEntry(entry);
    }
}
