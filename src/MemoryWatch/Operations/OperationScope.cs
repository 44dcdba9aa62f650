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
    private readonly OperationTracker? _tracker;
    private OperationLedger _ledger;
    private OperationStatistics? _lateBytes;
    private OperationBudget? _budget;
    private Exception? _failure;

    // Below zero where it could not be read: a scope is as small as it can be.
    private readonly long _startResidentBytes;
    private int _ended;

    internal OperationScope(OperationTracker tracker, long id, string name, OperationContext context, OperationScope? parent)
    {
        _tracker = tracker;
        (Id, Name, Context, Parent) = (id, name, context, parent);
    }

    private OperationScope() => (Name, _ended) = (string.Empty, 1);

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

    internal Activity? Activity { get; set; }

    internal long StartTimestamp { get; init; }

    internal long? StartResidentBytes
    {
        get => _startResidentBytes < 0 ? null : _startResidentBytes;
        init => _startResidentBytes = value ?? -1;
    }

    internal int Slot { get; set; }

    internal bool IsRunning => Volatile.Read(ref _ended) == 0;

    /// <summary>How it ended, and why where it failed; read once, as they belong together.</summary>
    internal (OperationOutcome Outcome, string? Error) Result => Volatile.Read(ref _failure) switch
    {
        null => (OperationOutcome.Completed, null),
        OperationCanceledException => (OperationOutcome.Cancelled, null),
        var failure => (OperationOutcome.Failed, SafeText.Error(failure)),
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
        if (IsRunning)
        {
            Interlocked.CompareExchange(ref _failure, exception, null);
        }
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
        if (IsRunning && Interlocked.Exchange(ref _ended, 1) == 0)
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
    internal void Allocated(long bytes)
    {
        if (Volatile.Read(ref _lateBytes) is { } late)
        {
            late.AddLate(bytes);
        }
        else
        {
            _ledger.AddSelfAllocated(bytes);
        }

        for (var scope = this; scope is not null; scope = scope.Parent)
        {
            if (scope._lateBytes is null)
            {
                var sum = scope._ledger.AddAllocated(bytes);
                if (scope._budget is { } budget && sum > budget.MostAllocatedBytes)
                {
                    scope.TellOverrun(budget, BudgetPart.Allocated, sum, budget.MostAllocatedBytes);
                }
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

    /// <summary>From now on nothing is charged to it: flows that it started and that live on allocate after its end.</summary>
    internal void CloseLedger(OperationStatistics statistics) => Volatile.Write(ref _lateBytes, statistics);

    /// <summary>
    /// Lets go of what the operation held, as flows that it started may keep this object for good. What they start later
    /// still runs inside of the operations around this one; those that have ended are let go of too.
    /// </summary>
    internal void Release() => (Context, Parent, Activity, _failure, _budget) = (default, Running(Parent), null, null, null);

    // Several threads may see it at once, and one of them tells.
    private void TellOverrun(OperationBudget budget, BudgetPart part, long bytes, long most)
    {
        if (ReferenceEquals(Interlocked.CompareExchange(ref _budget, budget.Without(part), budget), budget))
        {
            _tracker!.HandOver(this, part, bytes, most);
        }
    }

    // Operations of another watch may lie in between; their numbers say nothing here.
    private long ParentId()
    {
        var parent = Parent;
        while (parent is not null && !ReferenceEquals(parent._tracker, _tracker))
        {
            parent = parent.Parent;
        }

        return parent?.Id ?? 0;
    }

    /// <summary>What it took so far, without the operations inside of it and without charging what its flow has not handed in.</summary>
    internal OperationAmount Own => _ledger.Read().Own;

    internal OperationInFlight Describe(TimeProvider time) => new()
    {
        OperationId = Id,
        ParentId = ParentId(),
        Name = Name,
        Context = Context,
        Age = time.GetElapsedTime(StartTimestamp),
        StartResidentBytes = StartResidentBytes,
        Allocation = _ledger.Read(),
    };
}
