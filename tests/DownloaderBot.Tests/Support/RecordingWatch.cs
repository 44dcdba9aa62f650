using MemoryWatch;

namespace DownloaderBot.Tests.Support;

/// <summary>Notes what it is told, for tests of one part alone.</summary>
internal sealed class RecordingWatch : IMemoryWatch
{
    public List<string> Marks { get; } = [];

    /// <summary>What should be collected, by references that do not prevent it.</summary>
    public List<(WeakReference Target, string Text)> Expected { get; } = [];

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

    public void ExpectCollected(object target, string name, OperationContext context = default)
    {
        lock (Expected)
        {
            Expected.Add((new(target), $"{name} | {context}"));
        }
    }

    /// <summary>Collects until an object that should be is gone.</summary>
    public bool IsCollected(int index) => SpinWait.SpinUntil(
        () =>
        {
            GC.Collect();
            return !Expected[index].Target.IsAlive;
        },
        TimeSpan.FromSeconds(20));
}
