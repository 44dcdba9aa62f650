namespace MemoryWatch.Track;

/// <summary>
/// The amounts of an operation: what its flows allocated, what was charged to it, and its budget. They are added up without locks, by any thread.
/// </summary>
internal sealed partial class Operation
{
    /// <summary>
    /// Number of enclosing operations that receive allocated bytes at once. Those further out receive them together, so that a scope costs the same
    /// however deep it is nested.
    /// </summary>
    public const int Segment = 16;

    // Bytes are passed on to the operations further out at this amount, and at the end.
    private const long PassedOnFrom = 64 << 10;

    // An operation that allocates this much is worth a reading with its amount: the process may be killed before the next tick.
    private const int BitsOfMuch = 23;

    // The largest amount of a name is exact only at an end, because a running operation would change it at every hop.
    private const long NotableBytes = 64 << 10;

    private readonly int _depth;
    private OperationLedger _ledger;
    private long _closedAt;

    public override OperationBudget? Budget => _extras is { } extras ? Volatile.Read(ref extras.Budget) : null;

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

    protected override void ChargeCore(long bytes)
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

    protected override void SetBudgetCore(OperationBudget budget)
    {
        if (IsRunning)
        {
            Volatile.Write(ref Extras.Budget, budget);
            _tracker.Store.InFlight.NoteBudget(this);
        }
    }

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
