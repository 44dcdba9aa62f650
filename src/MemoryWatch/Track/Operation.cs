using System.Diagnostics;

namespace MemoryWatch.Track;

/// <summary>
/// The watch's implementation of an operation scope. It is small because thousands may be in flight. After its end it releases everything except
/// its name and its place among the operations around it.
/// </summary>
internal sealed class Operation : OperationScope
{
    private const int Ended = 1;
    private const int Quiet = 2;

    private readonly OperationTracker _tracker;

    // Negative if it could not be read; a nullable would make the scope larger.
    private readonly long _startResidentBytes;

    // The flags share one field for the same reason.
    private int _state;
    private object? _failure;
    private OperationBudget? _budget;
    private OperationLedger _ledger;
    private long _closedAt;

    public Operation(
        OperationTracker tracker, long id, string name, in OperationContext context, Operation? parent, OperationBudget? budget)
        : base(id, name) =>
        (_tracker, Context, Parent, _budget) = (tracker, context, parent, budget);

    public OperationContext Context { get; private set; }

    public Operation? Parent { get; private set; }

    /// <summary>
    /// Id of the nearest enclosing operation of the same watch, 0 if there is none. Operations of other watches may be in between.
    /// </summary>
    public long ParentId
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

    public Activity? Activity { get; set; }

    public bool IsQuiet
    {
        get => (Volatile.Read(ref _state) & Quiet) != 0;
        init => _state = value ? Quiet : 0;
    }

    public bool IsRunning => (Volatile.Read(ref _state) & Ended) == 0;

    public long StartTimestamp { get; init; }

    public long? StartResidentBytes
    {
        get => _startResidentBytes < 0 ? null : _startResidentBytes;
        init => _startResidentBytes = value ?? -1;
    }

    /// <summary>Its slot among the operations in flight.</summary>
    public int Slot { get; set; }

    public override OperationBudget? Budget => Volatile.Read(ref _budget);

    /// <summary>The outcome and, if the operation failed, the reason. Both come from one read because they belong together.</summary>
    public (OperationOutcome Outcome, string? Error) Result => Volatile.Read(ref _failure) switch
    {
        null => (OperationOutcome.Completed, null),
        OperationCanceledException => (OperationOutcome.Cancelled, null),
        Exception exception => (OperationOutcome.Failed, SafeText.Error(exception)),
        var reason => (OperationOutcome.Failed, SafeText.Clean((string)reason, SafeText.MaxErrorLength)),
    };

    public override OperationAllocation Allocation
    {
        get
        {
            if (IsRunning)
            {
                _tracker.Settle();
            }

            return Settled;
        }
    }

    /// <summary>Allocations attributed so far. Reading them does not attribute the pending allocations of the current flow.</summary>
    public OperationAllocation Settled => _ledger.Read();

    /// <summary>As <see cref="Settled"/>, without nested operations.</summary>
    public OperationAmount Own => OperationAmount.OwnOf(Settled);

    /// <summary>The operation itself or the nearest enclosing one that has not ended.</summary>
    public static Operation? Running(Operation? operation)
    {
        while (operation is { IsRunning: false })
        {
            operation = operation.Parent;
        }

        return operation;
    }

    public override EnteredOperation Enter() => IsRunning ? _tracker.Enter(this) : default;

    public override void Dispose()
    {
        if ((Interlocked.Or(ref _state, Ended) & Ended) == 0)
        {
            _tracker.End(this);
        }
    }

    internal override void Leave(OperationScope? before) => _tracker.Leave(this, (Operation?)before);

    /// <summary>From now on the operation is reported like any that is not quiet.</summary>
    public void Speak() => Interlocked.And(ref _state, ~Quiet);

    /// <summary>Attributes the allocations of a flow that works for this operation to it and to the operations around it.</summary>
    /// <param name="bytes">The number of bytes allocated.</param>
    /// <param name="endsBefore">How many operations had ended when the flow resumed on the thread.</param>
    public void Allocated(long bytes, long endsBefore)
    {
        if (Counts(endsBefore))
        {
            _ledger.AddSelfAllocated(bytes);
        }
        else
        {
            _tracker.CountLate(Name, bytes);
        }

        for (var operation = this; operation is not null; operation = operation.Parent)
        {
            if (operation.Counts(endsBefore))
            {
                operation.Add(bytes, isOwn: ReferenceEquals(operation, this));
            }
        }
    }

    /// <summary>
    /// Closes the ledger. From now on only threads that already worked for the operation can still add to it. Flows that it started and that live on
    /// count as allocating after its end.
    /// </summary>
    /// <returns>The allocations attributed by now.</returns>
    public OperationAllocation CloseLedger()
    {
        var allocation = _ledger.Close();
        Volatile.Write(ref _closedAt, OperationFlows.CountEnd());
        return allocation;
    }

    /// <summary>Compares the growth of the process's resident memory with the operation's budget, if it has one for that.</summary>
    public void JudgeChange(long? residentBytes)
    {
        if (Budget is { Change.Bytes: var most } budget && residentBytes - StartResidentBytes is { } change && change > most)
        {
            TellOverrun(budget, BudgetPart.Change, change, most);
        }
    }

    /// <summary>
    /// Releases what the operation held, because flows that it started may keep this object alive indefinitely. Operations that they start later are
    /// still nested in the operations around this one; operations around it that have ended are released too.
    /// </summary>
    public void Release() => (Context, Parent, Activity, _failure, _budget) = (default, Running(Parent), null, null, null);

    public OperationInFlight Describe(TimeProvider time) => new()
    {
        OperationId = Id,
        ParentId = ParentId,
        Name = Name,
        Context = Context,
        Age = time.GetAge(StartTimestamp),
        StartResidentBytes = StartResidentBytes,
        Allocation = Settled,
    };

    private protected override void FailBy(object failure)
    {
        if (IsRunning)
        {
            Interlocked.CompareExchange(ref _failure, failure, null);
        }
    }

    private protected override void AddCharge(long bytes)
    {
        if (!IsRunning)
        {
            return;
        }

        _ledger.AddSelfCharged(bytes);
        for (var operation = this; operation is not null; operation = Running(operation.Parent))
        {
            operation._ledger.AddCharged(bytes);
        }
    }

    private protected override void Use(OperationBudget budget)
    {
        if (IsRunning)
        {
            Volatile.Write(ref _budget, budget);
        }
    }

    private bool Counts(long endsBefore) => Volatile.Read(ref _closedAt) is var closedAt && (closedAt == 0 || closedAt > endsBefore);

    private void Add(long bytes, bool isOwn)
    {
        var sum = _ledger.AddAllocated(bytes, out var isLate);
        if (_budget is { } budget && sum > budget.MostAllocatedBytes)
        {
            TellOverrun(budget, BudgetPart.Allocated, sum, budget.MostAllocatedBytes);
        }

        // This thread was delayed when it left the flow, while another thread resumed the flow and ended the operation.
        if (isLate)
        {
            _tracker.Amend(this, bytes, isOwn);
        }
    }

    // Several threads may detect the overrun at once; only one of them reports it.
    private void TellOverrun(OperationBudget budget, BudgetPart part, long bytes, long most)
    {
        if (ReferenceEquals(Interlocked.CompareExchange(ref _budget, budget.Without(part), budget), budget))
        {
            _tracker.HandOver(this, part, bytes, most);
        }
    }
}
