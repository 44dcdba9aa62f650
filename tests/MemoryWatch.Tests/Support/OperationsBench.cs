using System.Collections.Concurrent;
using MemoryWatch.Read;
using MemoryWatch.Track;
using Microsoft.Extensions.Time.Testing;

namespace MemoryWatch.Tests.Support;

/// <summary>What a scope is to the watch.</summary>
internal static class ScopeExtensions
{
    public static Operation Inside(this OperationScope scope) => (Operation)scope;
}

/// <summary>Operations with a fake machine and clock, and no watch around them; a watch for what needs one.</summary>
internal sealed class OperationsBench : IMemoryWatch, IEntryListener
{
    private readonly ConcurrentQueue<JournalEntry> _told = new();
    private readonly ConcurrentQueue<string> _endedElsewhere = new();

    public OperationsBench(bool isMetered = true) =>
        Tracker = new(
            new OperationStore(() => Wakes++), new ResidentProbe(Reader, static () => { }), Time, this, isMetered);

    public FakeReader Reader { get; } = new();

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2024, 5, 1, 10, 15, 23, TimeSpan.Zero));

    public Journal Journal => Tracker.Store.Journal;

    public OperationTracker Tracker { get; }

    /// <summary>The budgets of operations that start.</summary>
    public OperationBudgets Budgets
    {
        set => Tracker.Budgets = value;
    }

    /// <summary>How often an operation called for the watch thread.</summary>
    public int Wakes { get; private set; }

    /// <summary>What the listener was told.</summary>
    public JournalEntry[] Told => [.. _told];

    /// <summary>The names of which the listener was told that a scope ended where it was not the current one.</summary>
    public string[] EndedElsewhere => [.. _endedElsewhere];

    public JournalEntry[] Entries => Journal.Last();

    public string[] Titles => [.. Entries.Select(e => e.Title)];

    public MemorySnapshot Current => MemorySnapshot.Empty;

    public IReadOnlyList<JournalEntry> RecentEntries => Entries;

    public IReadOnlyList<OperationInFlight> InFlight => Tracker.InFlight;

    public IReadOnlyList<OperationTotals> TotalsByName => Tracker.Store.Totals.Read();

    public MemorySnapshot Snapshot(string name, OperationContext context = default) => MemorySnapshot.Empty;

    public void Mark(string name, OperationContext context = default) => Tracker.Mark(name, context);

    public OperationScope Track(string name, OperationContext context = default) => Tracker.Start(name, context);

    /// <summary>Lets go of what the listener was told, for tests of what stays alive.</summary>
    public void ForgetTold() => _told.Clear();

    public OperationInFlight Find(OperationScope scope) => InFlight.Single(o => o.OperationId == scope.Id);

    void IEntryListener.OnEndedElsewhere(string name) => _endedElsewhere.Enqueue(name);

    void IEntryListener.OnEntry(in JournalEntry entry) => _told.Enqueue(entry);
}
