namespace MemoryWatch.Track;

/// <summary>Is told of each entry at once, those of quiet operations included, on the thread that made it. Must be quick and must not throw.</summary>
internal interface IEntryListener
{
    void OnEntry(in JournalEntry entry);
}
