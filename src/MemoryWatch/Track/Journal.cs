namespace MemoryWatch.Track;

/// <summary>Keeps the last entries. Thread-safe.</summary>
internal sealed class Journal
{
    /// <summary>Number of entries that are kept.</summary>
    public const int Capacity = 256;

    /// <summary>Number of entries that reports show.</summary>
    public const int Shown = 20;

    private readonly Ring<JournalEntry> _ring = new(Capacity);

    /// <summary>Adds an entry; its position becomes its sequence number.</summary>
    public void Add(in JournalEntry entry) => _ring.Add(entry);

    /// <summary>Corrects an operation's allocations in its end entry, if that entry is still kept.</summary>
    public void Amend(long operationId, OperationAllocation allocation) => _ring.Amend(
        entry => entry.Kind == JournalEntryKind.Ended && entry.OperationId == operationId,
        entry => entry with { Allocation = allocation });

    /// <summary>The last entries, at most <paramref name="most"/>, oldest first.</summary>
    public JournalEntry[] Last(int most = Capacity)
    {
        var entries = _ring.Last(most, out var first);
        for (var i = 0; i < entries.Length; i++)
        {
            entries[i] = entries[i] with { Sequence = first + i };
        }

        return entries;
    }

    /// <summary>Gets the entry after sequence number <paramref name="sequence"/>, and moves that number to the entry.</summary>
    public bool TryGetNext(ref long sequence, out JournalEntry entry)
    {
        var found = _ring.TryGetNext(ref sequence, out entry);
        entry = entry with { Sequence = sequence };
        return found;
    }
}
