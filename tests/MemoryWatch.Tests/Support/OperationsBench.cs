using System.Collections.Concurrent;
using MemoryWatch.Read;
using MemoryWatch.Track;
using Microsoft.Extensions.Time.Testing;

namespace MemoryWatch.Tests.Support;

/// <summary>Operations with a fake machine and clock, and no watch around them; a watch for what needs one.</summary>
internal sealed class OperationsBench : IMemoryWatch, IEntryListener
{
    private readonly ConcurrentQueue<JournalEntry> _told = new();

    public OperationsBench(bool isMetered = true) =>
        Tracker = new(
            new ResidentProbe(Reader, static () => { }), Journal, Time, this, isMetered, new(() => Wakes++), () => Budgets);

    public FakeReader Reader { get; } = new();

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2024, 5, 1, 10, 15, 23, TimeSpan.Zero));

    public Journal Journal { get; } = new();

    public OperationTracker Tracker { get; }

    /// <summary>The budgets of operations that start.</summary>
    public OperationBudgets Budgets { get; set; } = OperationBudgets.None;

    /// <summary>How often an operation called for the watch thread.</summary>
    public int Wakes { get; private set; }

    /// <summary>What the listener was told.</summary>
    public JournalEntry[] Told => [.. _told];

    public JournalEntry[] Entries => Journal.Last();

    public string[] Titles => [.. Entries.Select(e => e.Title)];

    public MemorySnapshot Current => default;

    public MemoryZone Zone => default;

    public IReadOnlyList<JournalEntry> RecentEntries => Entries;

    public IReadOnlyList<OperationInFlight> InFlight => Tracker.InFlight;

    public IReadOnlyList<OperationTotals> Operations => Tracker.Totals;

    public MemorySnapshot Snapshot(string name, OperationContext context = default) => default;

    public void Mark(string name, OperationContext context = default) => Tracker.Mark(name, context);

    public OperationScope Track(string name, OperationContext context = default) => Tracker.Start(name, context);

    /// <summary>Lets go of what the listener was told, for tests of what stays alive.</summary>
    public void ForgetTold() => _told.Clear();

    public OperationInFlight Find(OperationScope scope) => InFlight.Single(o => o.OperationId == scope.Id);

    void IEntryListener.OnEntry(in JournalEntry entry) => _told.Enqueue(entry);
}
