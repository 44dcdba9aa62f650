namespace MemoryWatch.BlackBox.Record;

/// <summary>
/// Sees to it that the file has the start of every operation in flight. As the ring goes round in order, the start of one that has ended
/// is written over before its end is: a start without an end is always one in flight. Used under the writer's lock.
/// </summary>
internal sealed class InFlightPins(RecordRing ring)
{
    private const int NotPinned = -1;

    private (long Operation, int Place)[] _bySlot = new (long, int)[16];

    /// <summary>How many are in flight, pinned or not.</summary>
    public int Count { get; private set; }

    /// <param name="slot">The operation's place in memory while it is in flight.</param>
    /// <param name="operation">Its number.</param>
    /// <param name="place">Where its start is written.</param>
    public void Start(int slot, long operation, int place)
    {
        if (slot >= _bySlot.Length)
        {
            Array.Resize(ref _bySlot, Math.Max(slot + 1, _bySlot.Length * 2));
        }

        // Told again, though the slot is another's by now: it has ended.
        if (_bySlot[slot].Operation > operation)
        {
            return;
        }

        // The one before has ended, though its end comes after this start; or it is this same one, told again.
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
