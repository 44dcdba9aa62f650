namespace MemoryWatch.Track;

/// <summary>The watch's short memory: the last entries. Thread-safe.</summary>
internal sealed class Journal
{
    /// <summary>How many entries are kept.</summary>
    public const int Capacity = 256;

    /// <summary>How many of them reports show.</summary>
    public const int Shown = 20;

    private readonly Ring<JournalEntry> _ring = new(Capacity);

    /// <summary>Enters it; its sequence number is its place.</summary>
    public void Add(in JournalEntry entry) => _ring.Add(entry);

    /// <summary>Corrects what an operation has allocated in the entry of its end, if that is still kept.</summary>
    public void Amend(long operationId, OperationAllocation allocation) => _ring.Amend(
        entry => entry.Kind == JournalEntryKind.Ended && entry.OperationId == operationId,
        entry => entry with { Allocation = allocation });

    /// <summary>The last entries, at most <paramref name="most"/>, the oldest first.</summary>
    public JournalEntry[] Last(int most = Capacity)
    {
        var entries = _ring.Last(most, out var first);
        for (var i = 0; i < entries.Length; i++)
        {
            entries[i] = entries[i] with { Sequence = first + i };
        }

        return entries;
    }

    /// <summary>The entry behind sequence number <paramref name="sequence"/>, which moves on to it.</summary>
    public bool TryGetNext(ref long sequence, out JournalEntry entry)
    {
        var found = _ring.TryGetNext(ref sequence, out entry);
        entry = entry with { Sequence = sequence };
        return found;
    }
}
