namespace MemoryWatch.Track;

/// <summary>
/// What operations, on any thread, hand over to the watch thread: those that went over their budget, and those that ended and
/// took much. Bounded: where there are too many between two ticks, the oldest are left out.
/// </summary>
internal sealed class OperationHandover(Action wake)
{
    /// <summary>How many of each kind are kept.</summary>
    public const int Capacity = 64;

    /// <summary>An operation that took less is looked at only in the sum of its name.</summary>
    public const long LeastBytes = 1 << 20;

    private long _notableChange = long.MaxValue;
    private int _mayWake;

    public Ring<BudgetOverrun> Overruns { get; } = new(Capacity);

    public Ring<EndedOperation> Ended { get; } = new(Capacity);

    /// <summary>Sets which change of memory is notable, and whether the watch thread may be woken once more.</summary>
    public void Expect(long? notableChangeBytes, bool mayWake)
    {
        Volatile.Write(ref _notableChange, notableChangeBytes ?? long.MaxValue);
        Volatile.Write(ref _mayWake, mayWake ? 1 : 0);
    }

    public void Add(in BudgetOverrun overrun)
    {
        Overruns.Add(overrun);
        Wake();
    }

    /// <summary>Keeps an operation that has ended, if it took enough; before it leaves its slot.</summary>
    public void Add(Operation scope, in JournalEntry ended, long timestamp)
    {
        var isNotable = ended.ChangeBytes >= Volatile.Read(ref _notableChange);
        var allocation = ended.Allocation ?? default;
        if (isNotable || OperationAmount.OwnOf(allocation).Sum >= LeastBytes)
        {
            Ended.Add(new(
                scope.Id, scope.Slot, scope.Name, scope.Context, scope.StartTimestamp, timestamp, allocation,
                ended.Duration ?? default, ended.ResidentBytes, ended.ChangeBytes));
        }

        if (isNotable)
        {
            Wake();
        }
    }

    // Once: the next tick says when again, or many operations at once would keep the watch thread from resting.
    private void Wake()
    {
        if (Volatile.Read(ref _mayWake) == 1 && Interlocked.Exchange(ref _mayWake, 0) == 1)
        {
            wake();
        }
    }
}
