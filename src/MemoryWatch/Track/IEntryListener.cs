namespace MemoryWatch.Track;

/// <summary>Is told of each entry at once, those of quiet operations included, on the thread that made it. Must be quick and must not throw.</summary>
internal interface IEntryListener
{
    void OnEntry(in JournalEntry entry);
}

/// <summary>Is told again of operations in flight, by whoever asked for that.</summary>
internal interface IReplayListener
{
    /// <param name="entry">The start of an operation, with the time since then as its duration; or its end, if it has ended meanwhile.</param>
    void OnReplay(in JournalEntry entry);
}
