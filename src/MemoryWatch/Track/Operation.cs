using System.Diagnostics;

namespace MemoryWatch.Track;

/// <summary>
/// The watch's implementation of an operation scope. It is small because thousands may be in flight: what few operations have is in
/// <see cref="OperationExtras"/>. After its end it releases everything except its name and its place among the operations around it.
/// </summary>
internal sealed class Operation : OperationScope
{
    /// <summary>
    /// Number of enclosing operations that receive allocated bytes at once. Those further out receive them together, so that a scope costs the same
    /// however deep it is nested.
    /// </summary>
    public const int Segment = 16;

    private const int Ended = 1;
    private const int Quiet = 2;
    private const int Changed = 4;
    private const int Old = 8;
    private const int EndsAnywhere = 16;

    // Bytes are passed on to the operations further out at this amount, and at the end.
    private const long PassedOnFrom = 64 << 10;

    // An operation that allocates this much is worth a reading with its amount: the process may be killed before the next tick.
    private const int BitsOfMuch = 23;

    // The largest amount of a name is exact only at an end, because a running operation would change it at every hop.
    private const long NotableBytes = 64 << 10;

    private readonly OperationTracker _tracker;

    // Negative if it could not be read; a nullable would make the scope larger.
    private readonly long _startResidentBytes;
    private readonly int _depth;

    // The flags share one field for the same reason.
    private int _state;
    private OperationExtras? _extras;
    private OperationLedger _ledger;
    private long _closedAt;

    public Operation(
        OperationTracker tracker, long id, string name, in OperationContext context, Operation? parent, OperationBudget? budget)
        : base(id, name)
    {
        (_tracker, Context, Parent, Statistics) = (tracker, context, parent, tracker.Store.Totals.Of(name));
        _depth = parent is null ? 0 : parent._depth + 1;
        if (budget is not null)
        {
            Extras.Budget = budget;
        }
    }

    public OperationContext Context { get; private set; }

    public Operation? Parent { get; private set; }

    /// <summary>The sums of all operations of this name.</summary>
    public OperationStatistics Statistics { get; }

    /// <summary>The operation in flight that started before this one. Belongs to the registry.</summary>
    public Operation? Older { get; set; }

    /// <summary>The operation in flight that started after this one. Belongs to the registry.</summary>
    public Operation? Newer { get; set; }

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

    public Activity? Activity
    {
        get => _extras?.Activity;
        set
        {
            if (value is not null)
            {
                Extras.Activity = value;
            }
        }
    }

    /// <summary>Whether the operation is reported only in debug logs. One that is not kept always is, because the black box has no place for it.</summary>
    public bool IsQuiet
    {
        get => Has(Quiet) || Slot == InFlightRegistry.NoSlot;
        init => _state |= value ? Quiet : 0;
    }

    /// <summary>Whether it is normal for the operation to end where it is not the current one, as for an activity.</summary>
    public bool MayEndAnywhere
    {
        get => Has(EndsAnywhere);
        init => _state |= value ? EndsAnywhere : 0;
    }

    /// <summary>Whether the registry counts it as old. Belongs to the registry.</summary>
    public bool IsOld
    {
        get => Has(Old);
        set => Interlocked.Or(ref _state, value ? Old : 0);
    }

    public bool IsRunning => !Has(Ended);

    public long StartTimestamp { get; init; }

    public long? StartResidentBytes
    {
        get => _startResidentBytes < 0 ? null : _startResidentBytes;
        init => _startResidentBytes = value ?? -1;
    }

    /// <summary>Its slot among the operations in flight.</summary>
    public int Slot { get; set; }

    public override OperationBudget? Budget => _extras is { } extras ? Volatile.Read(ref extras.Budget) : null;

    /// <summary>The outcome and, if the operation failed, the reason. Both come from one read because they belong together.</summary>
    public (OperationOutcome Outcome, string? Error) Result => _extras?.Failure switch
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
    public OperationAllocation Settled => WithCharges(_ledger.Read());

    /// <summary>As <see cref="Settled"/>, without nested operations.</summary>
    public OperationAmount Own => OperationAmount.OwnOf(Settled);

    private OperationExtras Extras => Volatile.Read(ref _extras)
        ?? Interlocked.CompareExchange(ref _extras, new(), null)
        ?? _extras;

    /// <summary>The operation itself or the nearest enclosing one that has not ended.</summary>
    public static Operation? Running(Operation? operation)
    {
        while (operation is { IsRunning: false })
        {
            operation = operation.Parent;
        }

        return operation;
    }

    /// <summary>The operation itself or the nearest enclosing one of the watch with this store; <see langword="null"/> if there is none.</summary>
    public Operation? Nearest(OperationStore store)
    {
        var operation = this;
        while (operation is not null && !ReferenceEquals(operation._tracker.Store, store))
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
            NoteOwn(_ledger.AddSelfAllocated(bytes), bytes);
        }
        else
        {
            _tracker.CountLate(Name, bytes);
        }

        Pass(bytes, endsBefore, isOwn: true);
    }

    /// <summary>The watch thread has noticed the change of the amount; the next one is marked again.</summary>
    public void ChangeNoticed() => Interlocked.And(ref _state, ~Changed);

    /// <summary>
    /// Closes the ledger. From now on only threads that already worked for the operation can still add to it. Flows that it started and that live on
    /// count as allocating after its end.
    /// </summary>
    /// <returns>The allocations attributed by now.</returns>
    public OperationAllocation CloseLedger()
    {
        Statistics.NoteLargest(Own.Sum);
        var allocation = WithCharges(_ledger.Read() with { AllocatedBytes = _ledger.Close() });
        Volatile.Write(ref _closedAt, OperationFlows.CountEnd());
        if (_extras is { } extras && Interlocked.Exchange(ref extras.Pending, 0) is > 0 and var pending)
        {
            Parent?.Pass(pending, long.MaxValue, isOwn: false);
        }

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
    public void Release()
    {
        (Context, Parent) = (default, Running(Parent));
        if (_extras is not { } extras)
        {
            return;
        }

        (extras.Activity, extras.Failure, extras.Budget) = (null, null, null);
        if (extras.Charged == 0)
        {
            _extras = null;
        }
    }

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
            Interlocked.CompareExchange(ref Extras.Failure, failure, null);
        }
    }

    private protected override void AddCharge(long bytes)
    {
        if (!IsRunning)
        {
            return;
        }

        Interlocked.Add(ref Extras.SelfCharged, bytes);
        NoteOwn(Settled.SelfAllocatedBytes, 0);
        for (var operation = this; operation is not null; operation = Running(operation.Parent))
        {
            Interlocked.Add(ref operation.Extras.Charged, bytes);
        }
    }

    private protected override void Use(OperationBudget budget)
    {
        if (IsRunning)
        {
            Volatile.Write(ref Extras.Budget, budget);
            _tracker.Store.InFlight.NoteBudget(this);
        }
    }

    private bool Has(int flag) => (Volatile.Read(ref _state) & flag) != 0;

    private OperationAllocation WithCharges(OperationAllocation allocation) => _extras is { } extras
        ? allocation with { ChargedBytes = Volatile.Read(ref extras.Charged), SelfChargedBytes = Volatile.Read(ref extras.SelfCharged) }
        : allocation;

    private bool Counts(long endsBefore) => Volatile.Read(ref _closedAt) is var closedAt && (closedAt == 0 || closedAt > endsBefore);

    /// <summary>Marks that the operation's own amount has changed, so that the watch thread looks at it.</summary>
    private void NoteOwn(long selfAllocated, long bytes)
    {
        var own = _extras is { } extras ? selfAllocated + Volatile.Read(ref extras.SelfCharged) : selfAllocated;
        if (own - Statistics.LargestBytes >= NotableBytes)
        {
            Statistics.NoteLargest(own);
        }

        if ((selfAllocated - bytes) >> BitsOfMuch != selfAllocated >> BitsOfMuch)
        {
            _tracker.Store.Handover.Wake();
        }

        if (!Has(Changed) && Slot != InFlightRegistry.NoSlot && (Interlocked.Or(ref _state, Changed) & Changed) == 0)
        {
            _tracker.Store.InFlight.Changed.Set(Slot);
        }
    }

    /// <summary>Adds bytes to this operation and to those around it.</summary>
    private void Pass(long bytes, long endsBefore, bool isOwn)
    {
        for (var operation = this; ; isOwn = false)
        {
            if (operation.Counts(endsBefore))
            {
                operation.Add(bytes, isOwn);
            }

            if (operation.Parent is not { } parent)
            {
                return;
            }

            if (operation._depth % Segment == 0)
            {
                if ((bytes = operation.Collect(bytes)) == 0)
                {
                    return;
                }

                endsBefore = long.MaxValue;
            }

            operation = parent;
        }
    }

    /// <returns>The bytes to pass on now; 0 if they are kept for later.</returns>
    private long Collect(long bytes) =>
        Interlocked.Add(ref Extras.Pending, bytes) >= PassedOnFrom ? Interlocked.Exchange(ref Extras.Pending, 0) : 0;

    private void Add(long bytes, bool isOwn)
    {
        var sum = _ledger.AddAllocated(bytes, out var isLate);
        if (Budget is { } budget && sum > budget.MostAllocatedBytes)
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
        if (_extras is { } extras && ReferenceEquals(Interlocked.CompareExchange(ref extras.Budget, budget.Without(part), budget), budget))
        {
            _tracker.HandOver(this, part, bytes, most);
        }
    }
}
