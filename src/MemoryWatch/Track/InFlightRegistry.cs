namespace MemoryWatch.Track;

/// <summary>
/// The operations in flight, each in a numbered slot, and in the order of their starts. Entering and leaving are O(1) and allocate only when the
/// slots run out and grow. If too many operations of one name never end, new ones of that name are only counted.
/// </summary>
/// <remarks>
/// <code>
/// oldest ─► … ─► │ first that is not old ─► … ─► newest
///      old: counted by name, because a scope that was forgotten never ends
/// </code>
/// </remarks>
internal sealed class InFlightRegistry
{
    /// <summary>Age from which an operation counts as old.</summary>
    public static readonly TimeSpan OldAge = TimeSpan.FromMinutes(10);

    /// <summary>If this many operations of one name are old, new ones of that name are not kept.</summary>
    public const int MostOld = 10_000;

    /// <summary>If this many operations of one name are in flight, of whatever age, new ones of that name are not kept.</summary>
    public const int MostOfName = 100_000;

    /// <summary>The slot of an operation that is not kept.</summary>
    public const int NoSlot = -1;

    private const int FirstSize = 16;
    private const int OldAtOnce = 500;

    private readonly object _lock = new();
    private Operation?[] _slots = [];
    private int[] _free = [];
    private int _freeCount;
    private Operation? _oldest;
    private Operation? _newest;
    private Operation? _firstYoung;
    private int _count;

    /// <summary>Number of operations that are kept.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>The slots in which something was allocated, charged or ended since the watch thread last took the marks.</summary>
    public SlotMarks Changed { get; } = new();

    /// <summary>The slots of operations that have a budget for the change of memory.</summary>
    public SlotMarks Budgeted { get; } = new();

    /// <summary>
    /// The slots, empty ones included, without a lock. They change while they are read, and an operation found there may have ended. A reader misses
    /// an operation that stays in flight only at the moment when the slots grow.
    /// </summary>
    public ReadOnlySpan<Operation?> Slots => Volatile.Read(ref _slots);

    /// <summary>Assigns the operation a slot until it leaves, or <see cref="NoSlot"/> if too many of its name are in flight.</summary>
    public void Enter(Operation scope)
    {
        var statistics = scope.Statistics;
        lock (_lock)
        {
            statistics.InFlight++;
            if (statistics.Old >= MostOld || statistics.InFlight > MostOfName)
            {
                statistics.NotKept++;
                scope.Slot = NoSlot;
                return;
            }

            if (_freeCount == 0)
            {
                Grow();
            }

            scope.Slot = _free[--_freeCount];
            _slots[scope.Slot] = scope;
            _count++;
            Append(scope);
        }

        NoteBudget(scope);
    }

    /// <summary>Marks the operation for the check of its budget, if that is for the change of memory.</summary>
    public void NoteBudget(Operation scope)
    {
        if (scope.Slot != NoSlot && scope.Budget?.Change is not null)
        {
            Budgeted.Set(scope.Slot);
        }
    }

    public void Leave(Operation scope)
    {
        var statistics = scope.Statistics;
        lock (_lock)
        {
            statistics.InFlight--;
            if (scope.Slot == NoSlot)
            {
                statistics.NotKept--;
                return;
            }

            if (scope.IsOld)
            {
                statistics.Old--;
            }

            Remove(scope);
            _slots[scope.Slot] = null;
            _free[_freeCount++] = scope.Slot;
            _count--;
        }

        Changed.Set(scope.Slot);
    }

    /// <summary>Counts the operations that have become old since the last call, by name. For the watch thread only.</summary>
    public void CountOld(TimeProvider time)
    {
        for (var isMore = true; isMore;)
        {
            // In small steps, because operations that start and end wait meanwhile.
            lock (_lock)
            {
                isMore = TryCountOld(time);
            }
        }
    }

    /// <summary>All operations in flight, oldest first.</summary>
    public OperationInFlight[] List(TimeProvider time) => Array.ConvertAll(All(), scope => scope.Describe(time));

    /// <summary>All operations in flight now, oldest first.</summary>
    public Operation[] All() => Oldest(int.MaxValue);

    /// <summary>Up to so many operations in flight, oldest first.</summary>
    public Operation[] Oldest(int most)
    {
        lock (_lock)
        {
            var found = new Operation[Math.Min(most, _count)];
            var scope = _oldest;
            for (var i = 0; i < found.Length; i++, scope = scope?.Newer)
            {
                found[i] = scope!;
            }

            return found;
        }
    }

    /// <summary>Up to so many operations in flight, newest first.</summary>
    public Operation[] Newest(int most)
    {
        lock (_lock)
        {
            var found = new Operation[Math.Min(most, _count)];
            var scope = _newest;
            for (var i = 0; i < found.Length; i++, scope = scope?.Older)
            {
                found[i] = scope!;
            }

            return found;
        }
    }

    private bool TryCountOld(TimeProvider time)
    {
        for (var i = 0; i < OldAtOnce; i++)
        {
            if (_firstYoung is not { } scope || time.GetElapsedTime(scope.StartTimestamp) < OldAge)
            {
                return false;
            }

            scope.IsOld = true;
            scope.Statistics.Old++;
            _firstYoung = scope.Newer;
        }

        return true;
    }

    private void Append(Operation scope)
    {
        scope.Older = _newest;
        if (_newest is null)
        {
            _oldest = scope;
        }
        else
        {
            _newest.Newer = scope;
        }

        _newest = scope;
        _firstYoung ??= scope;
    }

    private void Remove(Operation scope)
    {
        if (ReferenceEquals(_firstYoung, scope))
        {
            _firstYoung = scope.Newer;
        }

        if (scope.Older is { } older)
        {
            older.Newer = scope.Newer;
        }
        else
        {
            _oldest = scope.Newer;
        }

        if (scope.Newer is { } newer)
        {
            newer.Older = scope.Older;
        }
        else
        {
            _newest = scope.Older;
        }

        (scope.Older, scope.Newer) = (null, null);
    }

    private void Grow()
    {
        var old = _slots.Length;
        var size = Math.Max(FirstSize, old * 2);
        Changed.Reserve(size);
        Budgeted.Reserve(size);
        Array.Resize(ref _free, size);
        Array.Resize(ref _slots, size);
        for (var slot = old; slot < _slots.Length; slot++)
        {
            _free[_freeCount++] = slot;
        }
    }
}
