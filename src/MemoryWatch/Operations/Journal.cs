namespace MemoryWatch.Operations;

/// <summary>
/// The last entries, in a ring of fixed size. Any thread writes; a short lock keeps entries whole, as they are too
/// large to be written in one go.
/// </summary>
internal sealed class Journal
{
    public const int Capacity = 256;

    private readonly object _lock = new();
    private readonly JournalEntry[] _ring = new JournalEntry[Capacity];
    private long _count;

    /// <summary>Enters it and returns it with its sequence number.</summary>
    public JournalEntry Add(in JournalEntry entry)
    {
        lock (_lock)
        {
            var numbered = entry with { Sequence = _count + 1 };
            _ring[_count++ % Capacity] = numbered;
            return numbered;
        }
    }

    /// <summary>The last entries, at most <paramref name="most"/>, the oldest first.</summary>
    public JournalEntry[] Last(int most = Capacity)
    {
        lock (_lock)
        {
            var entries = new JournalEntry[Math.Min(Math.Min(_count, Capacity), most)];
            for (var i = 0; i < entries.Length; i++)
            {
                entries[i] = _ring[(_count - entries.Length + i) % Capacity];
            }

            return entries;
        }
    }

    /// <summary>
    /// The entry that follows <paramref name="sequence"/>, or the oldest kept where that one is gone. A reader that
    /// comes too rarely sees the gap in the sequence numbers.
    /// </summary>
    public bool TryGetAfter(long sequence, out JournalEntry entry)
    {
        lock (_lock)
        {
            var next = Math.Max(sequence, _count - Capacity);
            entry = next < _count ? _ring[next % Capacity] : default;
            return next < _count;
        }
    }
}
