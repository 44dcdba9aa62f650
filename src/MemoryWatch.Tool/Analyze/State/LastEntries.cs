namespace MemoryWatch.Tool.Analyze;

/// <summary>The last ends of operations, of which a spike shows those just before it.</summary>
internal sealed class LastEntries
{
    public const int Most = 8;

    private static readonly TimeSpan Shortly = TimeSpan.FromMinutes(1);

    private readonly Slot[] _slots = new Slot[Most];
    private long _added;

    public void Add(in EntryLine entry, TimeSpan now)
    {
        ref var slot = ref _slots[_added++ % Most];
        (slot.Kind, slot.At, slot.AllocatedBytes) = (entry.Kind, now, entry.AllocatedBytes);
        slot.Name.Set(entry.Name);
        slot.Context.Set(entry.Context);
    }

    /// <summary>Those of the last minute, the oldest first.</summary>
    public IReadOnlyList<EntryReport> Before(TimeSpan now)
    {
        var list = new List<EntryReport>();
        for (var i = Math.Max(0, _added - Most); i < _added; i++)
        {
            ref var slot = ref _slots[i % Most];
            if (now - slot.At <= Shortly)
                list.Add(new(slot.Name.ToString(), slot.Context.ToString(), slot.Kind, (now - slot.At).TotalSeconds, slot.AllocatedBytes));
        }

        return list;
    }

    private struct Slot
    {
        public EntryKind Kind;
        public TimeSpan At;
        public long? AllocatedBytes;
        public ShortText Name;
        public ShortText Context;
    }
}
