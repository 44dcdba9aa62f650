using MemoryWatch.Track;

namespace MemoryWatch;

/// <content>What is charged to an operation.</content>
public sealed partial class OperationScope
{
    private OperationLedger _ledger;
    private long _closedAt;

    /// <summary>What it has allocated so far; all zero where allocations are not tracked.</summary>
    public OperationAllocation Allocation
    {
        get
        {
            if (IsRunning)
            {
                _tracker!.Settle();
            }

            return Settled;
        }
    }

    /// <summary>What it has allocated, without charging what the current flow has not handed in.</summary>
    internal OperationAllocation Settled => _ledger.Read();

    /// <summary>What it took so far, without the operations inside of it and without charging what its flow has not handed in.</summary>
    internal OperationAmount Own => Settled.Own;

    /// <summary>
    /// Charges what was allocated for this operation where the watch cannot see it: by a library's own loop, say. It shows as
    /// charged beside what was measured. After the end it does nothing.
    /// </summary>
    /// <param name="bytes">How many bytes, measured or estimated.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bytes"/> is negative.</exception>
    public void Charge(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        if (!IsRunning)
        {
            return;
        }

        _ledger.AddSelfCharged(bytes);
        for (var scope = this; scope is not null; scope = Running(scope.Parent))
        {
            scope._ledger.AddCharged(bytes);
        }
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
}
