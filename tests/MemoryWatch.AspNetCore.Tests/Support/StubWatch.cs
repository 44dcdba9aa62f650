namespace MemoryWatch.AspNetCore.Tests.Support;

/// <summary>A watch that says what a test has it say.</summary>
internal sealed class StubWatch : IMemoryWatch
{
    private int _histories;

    public bool IsEnabled { get; set; } = true;

    public MemorySnapshot Current { get; set; } = MemorySnapshot.Empty;

    public IReadOnlyList<JournalEntry> RecentEntries { get; set; } = [];

    public IReadOnlyList<OperationInFlight> InFlight { get; set; } = [];

    public IReadOnlyList<OperationTotals> TotalsByName { get; set; } = [];

    public PreviousRun? PreviousRun { get; set; }

    public MemoryDiagnosis Diagnosis { get; set; } = MemoryDiagnosis.Empty;

    public Func<TimeSpan, MemoryHistory> Past { get; set; } = static _ => MemoryHistory.Empty;

    /// <summary>How often a history of at least ten minutes was made.</summary>
    public int Histories => Volatile.Read(ref _histories);

    public MemoryDiagnosis Diagnose() => Diagnosis;

    public MemoryHistory History(TimeSpan window)
    {
        if (window >= TimeSpan.FromMinutes(10))
        {
            Interlocked.Increment(ref _histories);
        }

        return Past(window);
    }

    public MemorySnapshot Snapshot(string name, OperationContext context = default) => Current;

    public void Mark(string name, OperationContext context = default)
    {
    }

    /// <summary>The operations that were tracked.</summary>
    public List<string> Tracked { get; } = [];

    public OperationScope Track(string name, OperationContext context = default)
    {
        Tracked.Add(name);
        return MemoryWatcher.None.Track(name, context);
    }
}
