namespace MemoryWatch.Tool.Analyze;

/// <summary>
/// The operations that a log shows as started and not as ended, in the order of their starts. An end belongs to the latest start with its name and context.
/// The oldest gives way when there are too many: its end may have been lost.
/// </summary>
internal sealed class InFlightTable
{
    public const int Most = 256;

    private readonly Slot[] _slots = new Slot[Most];
    private int _count;

    public int Count => _count;

    /// <summary>Number of operations that were given up.</summary>
    public long Lost { get; private set; }

    public void Start(in EntryLine entry, TimeSpan now)
    {
        if (_count == Most)
        {
            Lost++;
            Remove(0);
        }

        var isAlone = _count == 0;
        if (_count == 1)
            _slots[0].IsAlone = false;

        ref var slot = ref _slots[_count++];
        slot.Key = KeyOf(entry);
        slot.Name.Set(entry.Name);
        slot.Context.Set(entry.Context);
        (slot.Started, slot.IsAlone) = (now, isAlone);
    }

    /// <summary>Takes an operation out.</summary>
    /// <param name="entry">Its end.</param>
    /// <param name="wasAlone">Whether no other operation ran beside it.</param>
    /// <returns>Whether its start is known.</returns>
    public bool End(in EntryLine entry, out bool wasAlone)
    {
        wasAlone = false;
        var key = KeyOf(entry);
        for (var i = _count - 1; i >= 0; i--)
        {
            if (_slots[i].Key == key)
            {
                wasAlone = _slots[i].IsAlone;
                Remove(i);
                return true;
            }
        }

        return false;
    }

    public IReadOnlyList<InFlightReport> List(TimeSpan now, int most)
    {
        var list = new List<InFlightReport>(Math.Min(most, _count));
        for (var i = 0; i < _count && i < most; i++)
            list.Add(new(_slots[i].Name.ToString(), _slots[i].Context.ToString(), (now - _slots[i].Started).TotalSeconds));
        return list;
    }

    private static ulong KeyOf(in EntryLine entry) => ShortText.Hash(entry.Context, ShortText.Hash(entry.Name) ^ 0x9E3779B97F4A7C15);

    private void Remove(int index)
    {
        var slot = _slots[index];
        Array.Copy(_slots, index + 1, _slots, index, --_count - index);

        // Its room is used for the next one.
        _slots[_count] = slot;
    }

    private struct Slot
    {
        public ulong Key;
        public ShortText Name;
        public ShortText Context;
        public TimeSpan Started;
        public bool IsAlone;
    }
}
