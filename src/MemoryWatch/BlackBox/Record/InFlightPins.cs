namespace MemoryWatch.BlackBox.Record;

/// <summary>
/// Keeps the start of every operation in flight in the file. Because the ring is overwritten in order, the start of an ended operation is
/// overwritten before its end. A start without an end therefore always belongs to an operation in flight. Used under the writer's lock.
/// </summary>
internal sealed class InFlightPins(RecordRing ring)
{
    private const int NotPinned = -1;

    private (long Operation, int Place)[] _bySlot = new (long, int)[16];

    /// <summary>Number of operations in flight, pinned or not.</summary>
    public int Count { get; private set; }

    /// <param name="slot">The operation's slot in memory while it is in flight.</param>
    /// <param name="operation">Its id.</param>
    /// <param name="place">The place in the ring where its start is written.</param>
    public void Start(int slot, long operation, int place)
    {
        if (slot >= _bySlot.Length)
        {
            Array.Resize(ref _bySlot, Math.Max(slot + 1, _bySlot.Length * 2));
        }

        // A replayed operation whose slot belongs to a newer one by now: the replayed one has ended.
        if (_bySlot[slot].Operation > operation)
        {
            return;
        }

        // The slot's previous operation has ended, although its end comes after this start; or this same operation is replayed.
        Free(slot);
        _bySlot[slot] = (operation, ring.TryPin(place) ? place : NotPinned);
        Count++;
    }

    public void End(int slot, long operation)
    {
        if (slot < _bySlot.Length && _bySlot[slot].Operation == operation)
        {
            Free(slot);
        }
    }

    public void Clear()
    {
        for (var slot = 0; slot < _bySlot.Length; slot++)
        {
            Free(slot);
        }
    }

    private void Free(int slot)
    {
        if (_bySlot[slot] is not { Operation: not 0 } taken)
        {
            return;
        }

        if (taken.Place != NotPinned)
        {
            ring.Unpin(taken.Place);
        }

        _bySlot[slot] = default;
        Count--;
    }
}
