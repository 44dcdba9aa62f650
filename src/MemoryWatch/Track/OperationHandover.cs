namespace MemoryWatch.Track;

/// <summary>
/// Passes operations from any thread to the watch thread: operations that exceeded their budget, and ended operations that took much. Bounded: if
/// there are too many between two ticks, the oldest are dropped.
/// </summary>
internal sealed class OperationHandover(Action wake)
{
    /// <summary>Maximum number of operations of each kind that are kept.</summary>
    public const int Capacity = 64;

    /// <summary>An operation that took less is examined only in the sum of its name, unless its change of memory is notable.</summary>
    public const long LeastBytes = 1 << 20;

    private long _notableChange = long.MaxValue;
    private int _mayWake;

    public Ring<BudgetOverrun> Overruns { get; } = new(Capacity);

    public Ring<EndedOperation> Ended { get; } = new(Capacity);

    /// <summary>Sets at or above which size a change of memory is notable, and whether the watch thread may be woken once more.</summary>
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

    /// <summary>Keeps an operation that has ended, if it took enough. Call it before the operation leaves its slot.</summary>
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

    /// <summary>
    /// Wakes the watch thread, but only once until a tick allows it again. Otherwise many operations at once would keep it busy.
    /// </summary>
    public void Wake()
    {
        if (Volatile.Read(ref _mayWake) == 1 && Interlocked.Exchange(ref _mayWake, 0) == 1)
        {
            wake();
        }
    }
}
