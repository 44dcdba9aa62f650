namespace MemoryWatch.Track;

/// <summary>
/// The operations in flight, each in a numbered slot. Entering and leaving are O(1) and allocate only when the slots run out and grow.
/// </summary>
internal sealed class InFlightRegistry
{
    private const int FirstSize = 16;

    private readonly object _lock = new();
    private Operation?[] _slots = [];
    private int[] _free = [];
    private int _freeCount;

    /// <summary>Number of operations in flight.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _slots.Length - _freeCount;
            }
        }
    }

    /// <summary>Assigns the operation a slot until it leaves.</summary>
    public void Enter(Operation scope)
    {
        lock (_lock)
        {
            if (_freeCount == 0)
            {
                Grow();
            }

            scope.Slot = _free[--_freeCount];
            _slots[scope.Slot] = scope;
        }
    }

    public void Leave(int slot)
    {
        lock (_lock)
        {
            _slots[slot] = null;
            _free[_freeCount++] = slot;
        }
    }

    /// <summary>
    /// The slots, empty ones included, without a lock. They change while they are read, and an operation found there may have ended. A reader misses
    /// an operation that stays in flight only at the moment when the slots grow.
    /// </summary>
    public ReadOnlySpan<Operation?> Slots => Volatile.Read(ref _slots);

    /// <summary>All operations in flight, oldest first.</summary>
    public OperationInFlight[] List(TimeProvider time)
    {
        lock (_lock)
        {
            var list = new List<OperationInFlight>(_slots.Length - _freeCount);
            foreach (var scope in _slots)
            {
                if (scope is not null)
                {
                    list.Add(scope.Describe(time));
                }
            }

            list.Sort(static (a, b) => a.OperationId.CompareTo(b.OperationId));
            return [.. list];
        }
    }

    /// <summary>All operations in flight now, in no particular order.</summary>
    public Operation[] All()
    {
        lock (_lock)
        {
            return [.. _slots.OfType<Operation>()];
        }
    }

    private void Grow()
    {
        var old = _slots.Length;
        var size = Math.Max(FirstSize, old * 2);
        Array.Resize(ref _slots, size);
        Array.Resize(ref _free, size);
        for (var slot = old; slot < _slots.Length; slot++)
        {
            _free[_freeCount++] = slot;
        }
    }
}
