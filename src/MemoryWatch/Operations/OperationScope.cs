using System.Diagnostics;
using MemoryWatch.Values;

namespace MemoryWatch.Operations;

/// <summary>
/// An operation in flight, from <c>Track</c>. Dispose it when the operation ends; disposing twice, on another thread or
/// after the watch has stopped does no harm. Once ended it keeps nothing of the operation alive but its name and place.
/// </summary>
/// <remarks>
/// What is allocated until then by the async flow that started it, and by the flows that this one starts, is charged to it: see
/// <see cref="OperationAllocation"/>.
/// </remarks>
public sealed class OperationScope : IDisposable
{
    private const int Ended = 1;
    private const int Quiet = 2;

    private readonly OperationTracker? _tracker;
    private OperationLedger _ledger;
    private long _closedAt;
    private OperationBudget? _budget;
    private object? _failure;

    // Below zero where it could not be read: a scope is as small as it can be.
    private readonly long _startResidentBytes;

    // Flags of one field, for the same reason.
    private int _state;

    internal OperationScope(OperationTracker tracker, long id, string name, OperationContext context, OperationScope? parent)
    {
        _tracker = tracker;
        (Id, Name, Context, Parent) = (id, name, context, parent);
    }

    private OperationScope() => (Name, _state) = (string.Empty, Ended);

    /// <summary>
    /// A scope of no operation: what a watch that is switched off hands out, and what a test's own
    /// <see cref="IMemoryWatch"/> can. Ending it does nothing.
    /// </summary>
    public static OperationScope None { get; } = new();

    /// <summary>The operation's number, as in its journal entries; 0 where the watch is switched off.</summary>
    public long Id { get; }

    /// <summary>The operation's name; safe to print, empty where the watch is switched off.</summary>
    public string Name { get; }

    /// <summary>What it has allocated so far; all zero where allocations are not tracked.</summary>
    public OperationAllocation Allocation
    {
        get
        {
            if (IsRunning)
            {
                _tracker!.Settle();
            }

            return _ledger.Read();
        }
    }

    /// <summary>What is left of its budget to be told of.</summary>
    internal OperationBudget? Budget
    {
        get => Volatile.Read(ref _budget);
        init => _budget = value;
    }

    internal OperationContext Context { get; private set; }

    internal OperationScope? Parent { get; private set; }

    /// <summary>The number of the operation around it, of the same watch; those of others may lie in between. 0 for none.</summary>
    internal long ParentId
    {
        get
        {
            var parent = Parent;
            while (parent is not null && !ReferenceEquals(parent._tracker, _tracker))
            {
                parent = parent.Parent;
            }

            return parent?.Id ?? 0;
        }
    }

    internal Activity? Activity { get; set; }

    internal bool IsQuiet
    {
        get => (_state & Quiet) != 0;
        init => _state = value ? Quiet : 0;
    }

    internal long StartTimestamp { get; init; }

    internal long? StartResidentBytes
    {
        get => _startResidentBytes < 0 ? null : _startResidentBytes;
        init => _startResidentBytes = value ?? -1;
    }

    internal int Slot { get; set; }

    internal bool IsRunning => (Volatile.Read(ref _state) & Ended) == 0;

    /// <summary>How it ended, and why where it failed; read once, as they belong together.</summary>
    internal (OperationOutcome Outcome, string? Error) Result => Volatile.Read(ref _failure) switch
    {
        null => (OperationOutcome.Completed, null),
        OperationCanceledException => (OperationOutcome.Cancelled, null),
        Exception exception => (OperationOutcome.Failed, SafeText.Error(exception)),
        var reason => (OperationOutcome.Failed, SafeText.Clean((string)reason, SafeText.MaxErrorLength)),
    };

    /// <summary>
    /// Says that the operation failed, or was cancelled where the exception is an <see cref="OperationCanceledException"/>.
    /// It still ends when the scope is disposed. The first call counts; after the end it does nothing.
    /// </summary>
    /// <param name="exception">Why; its type and message are entered, escaped and capped.</param>
    /// <exception cref="ArgumentNullException"><paramref name="exception"/> is null.</exception>
    public void Fail(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        FailBy(exception);
    }

    /// <summary>As <see cref="Fail(Exception)"/>, for a failure without an exception.</summary>
    /// <param name="reason">Why, such as <c>HTTP 503</c>; entered as text, escaped and capped.</param>
    /// <exception cref="ArgumentNullException"><paramref name="reason"/> is null.</exception>
    public void Fail(string reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        FailBy(reason);
    }

    /// <summary>
    /// Lets the current flow work for this operation for a block of code, wherever that flow came from: a consumer of a channel, or a
    /// worker that many operations share. What the block allocates, and what it starts, is charged to this operation.
    /// </summary>
    /// <returns>The block; dispose it at its end. Of an operation that has ended it changes nothing.</returns>
    public EnteredOperation Enter() => IsRunning ? _tracker!.WorkFor(this) : default;

    /// <summary>
    /// Charges what was allocated for this operation where the watch cannot see it: by a library's own loop, say. It shows as
    /// charged beside what was measured. After the end it does nothing.
    /// </summary>
    /// <param name="bytes">How many bytes, measured or estimated.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bytes"/> is negative.</exception>
    public void Charge(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        if (IsRunning)
        {
            _ledger.AddSelfCharged(bytes);
        }

        for (var scope = IsRunning ? this : null; scope is not null; scope = Running(scope.Parent))
        {
            scope._ledger.AddCharged(bytes);
        }
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

    /// <summary>Ends the operation: a line in the log, an entry in the journal.</summary>
    public void Dispose()
    {
        // Looked at before it is written: the scope of a watch that is switched off is one for all threads.
        if (IsRunning && (Interlocked.Or(ref _state, Ended) & Ended) == 0)
        {
            _tracker!.End(this);
        }
    }

    /// <summary>The scope itself or the nearest around it that has not ended.</summary>
    internal static OperationScope? Running(OperationScope? scope)
    {
        while (scope is { IsRunning: false })
        {
            scope = scope.Parent;
        }

        return scope;
    }

    /// <summary>Charges what a flow that works for this operation has allocated, to it and to those around it.</summary>
    /// <param name="bytes">How much.</param>
    /// <param name="endsBefore">How many operations had ended when the thread took up the flow.</param>
    internal void Allocated(long bytes, long endsBefore)
    {
        if (Counts(endsBefore))
        {
            _ledger.AddSelfAllocated(bytes);
        }
        else
        {
            _tracker!.CountLate(Name, bytes);
        }

        for (var scope = this; scope is not null; scope = scope.Parent)
        {
            if (scope.Counts(endsBefore))
            {
                scope.Add(bytes, isOwn: ReferenceEquals(scope, this));
            }
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

    /// <summary>
    /// From now on nothing is charged to it but what threads hand in late that were working for it: flows that it started and that live on
    /// allocate after its end.
    /// </summary>
    /// <returns>What was charged by now.</returns>
    internal OperationAllocation CloseLedger()
    {
        var allocation = _ledger.Close();
        Volatile.Write(ref _closedAt, OperationFlows.CountEnd());
        return allocation;
    }

    /// <summary>
    /// Lets go of what the operation held, as flows that it started may keep this object for good. What they start later
    /// still runs inside of the operations around this one; those that have ended are let go of too.
    /// </summary>
    internal void Release() => (Context, Parent, Activity, _failure, _budget) = (default, Running(Parent), null, null, null);

    private bool Counts(long endsBefore) => Volatile.Read(ref _closedAt) is var closedAt && (closedAt == 0 || closedAt > endsBefore);

    private void Add(long bytes, bool isOwn)
    {
        var sum = _ledger.AddAllocated(bytes, out var isLate);
        if (_budget is { } budget && sum > budget.MostAllocatedBytes)
        {
            TellOverrun(budget, BudgetPart.Allocated, sum, budget.MostAllocatedBytes);
        }

        // A thread that was held up where it left the flow, while another one went on with it and ended the operation.
        if (isLate)
        {
            _tracker!.Amend(this, bytes, isOwn);
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

    private void FailBy(object failure)
    {
        if (IsRunning)
        {
            Interlocked.CompareExchange(ref _failure, failure, null);
        }
    }

    /// <summary>What it has allocated, without charging what the current flow has not handed in.</summary>
    internal OperationAllocation Settled => _ledger.Read();

    /// <summary>What it took so far, without the operations inside of it and without charging what its flow has not handed in.</summary>
    internal OperationAmount Own => _ledger.Read().Own;

    internal OperationInFlight Describe(TimeProvider time) => new()
    {
        OperationId = Id,
        ParentId = ParentId,
        Name = Name,
        Context = Context,
        Age = time.GetElapsedTime(StartTimestamp),
        StartResidentBytes = StartResidentBytes,
        Allocation = Settled,
    };
}
