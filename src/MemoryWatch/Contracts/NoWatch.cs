namespace MemoryWatch;

/// <summary>A watch that does nothing.</summary>
internal sealed class NoWatch : IMemoryWatch
{
    public bool IsEnabled => false;

    public MemorySnapshot Current => MemorySnapshot.Empty;

    public IReadOnlyList<JournalEntry> RecentEntries => [];

    public IReadOnlyList<OperationInFlight> InFlight => [];

    public IReadOnlyList<OperationTotals> TotalsByName => [];

    public MemorySnapshot Snapshot(string name, OperationContext context = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        return MemorySnapshot.Empty;
    }

    public void Mark(string name, OperationContext context = default) => ArgumentNullException.ThrowIfNull(name);

    public OperationScope Track(string name, OperationContext context = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        return OperationScope.None;
    }

    public void ExpectCollected(object target, string name, OperationContext context = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(name);
    }
}
