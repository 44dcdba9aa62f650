namespace MemoryWatch.Operations;

/// <summary>Is told of each journal entry at once, on the thread that made it. Must be quick and must not throw.</summary>
internal interface IEntryListener
{
    void OnEntry(in JournalEntry entry);
}
