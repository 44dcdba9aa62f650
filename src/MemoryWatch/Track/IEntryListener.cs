namespace MemoryWatch.Track;

/// <summary>
/// Receives each entry at once, entries of quiet operations included, on the thread that created it. Must be quick and must not throw.
/// </summary>
internal interface IEntryListener
{
    void OnEntry(in JournalEntry entry);

    /// <summary>Receives the name of an operation that ended where it was not the current one; once for each name.</summary>
    void OnEndedElsewhere(string name)
    {
        // Only the log shows it.
    }
}

/// <summary>Receives a replay of the operations in flight on request.</summary>
internal interface IReplayListener
{
    /// <param name="entry">The start of an operation, with the time since then as its duration, or its end if it has ended meanwhile.</param>
    void OnReplay(in JournalEntry entry);
}
