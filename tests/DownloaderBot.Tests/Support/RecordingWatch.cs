using MemoryWatch;

namespace DownloaderBot.Tests.Support;

/// <summary>Notes what it is told, for tests of one part alone.</summary>
internal sealed class RecordingWatch : IMemoryWatch
{
    public List<string> Marks { get; } = [];

    public MemorySnapshot Current => MemorySnapshot.Empty;

    public IReadOnlyList<JournalEntry> RecentEntries => [];

    public IReadOnlyList<OperationInFlight> InFlight => [];

    public IReadOnlyList<OperationTotals> TotalsByName => [];

    public MemorySnapshot Snapshot(string name, OperationContext context = default) => MemorySnapshot.Empty;

    public void Mark(string name, OperationContext context = default)
    {
        lock (Marks)
        {
            Marks.Add($"{name} | {context}");
        }
    }

    public OperationScope Track(string name, OperationContext context = default) => OperationScope.None;
}
