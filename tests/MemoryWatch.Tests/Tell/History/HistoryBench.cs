using MemoryWatch.Read;
using MemoryWatch.Tell;
using MemoryWatch.Tests.BlackBox;
using MemoryWatch.Tests.Support;
using MemoryWatch.Track;
using Microsoft.Extensions.Time.Testing;

namespace MemoryWatch.Tests.Tell.History;

/// <summary>A history with a fake clock, whose ticks say what a test has them say.</summary>
internal sealed class HistoryBench : IEntryListener
{
    private readonly SettableClock _clock;

    public HistoryBench(params MetricDefinition[] metrics)
    {
        _clock = new(Time);
        Operations = new(static () => { });
        Keeper = new(Operations, _clock) { Interval = TimeSpan.FromSeconds(1) };
        Keeper.Begin(metrics);
        Tracker = new(Operations, new ResidentProbe(Reader, static () => { }), _clock, this, isMetered: true);
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 22, 3, 0, 0, TimeSpan.Zero));

    public FakeReader Reader { get; } = new();

    public OperationStore Operations { get; }

    public OperationTracker Tracker { get; }

    public HistoryKeeper Keeper { get; }

    public DateTimeOffset Now => _clock.GetUtcNow();

    /// <summary>A tick, some time after the one before.</summary>
    public void Tick(double? used = 100, double seconds = 1, MetricValues? metrics = null, params MemoryAlert[] alerts)
    {
        Time.Advance(TimeSpan.FromSeconds(seconds));
        Tick(SnapshotOf.Usage(used), metrics, alerts);
    }

    public void Tick(MemorySnapshot snapshot, MetricValues? metrics = null, params MemoryAlert[] alerts)
    {
        Tracker.Clock.Set();
        Keeper.OnReport(new(At(snapshot, metrics), alerts, isHigh: false));
    }

    /// <summary>So many ticks, a second apart unless told otherwise.</summary>
    public void Ticks(int count, Func<int, double>? used = null, double seconds = 1)
    {
        for (var i = 0; i < count; i++)
        {
            Tick(used?.Invoke(i) ?? 100, seconds);
        }
    }

    /// <summary>Somebody sets the clock; time itself goes on as before.</summary>
    public void SetClock(TimeSpan by) => _clock.Set(by);

    public MemoryHistory Read(TimeSpan window) => Keeper.Read(window, MemorySnapshot.Empty, default);

    public MemoryHistory ReadMinutes(double minutes) => Read(TimeSpan.FromMinutes(minutes));

    void IEntryListener.OnEntry(in JournalEntry entry)
    {
        // The history takes them from the journal.
    }

    private MemorySnapshot At(MemorySnapshot snapshot, MetricValues? metrics) => new()
    {
        Time = Now,
        Zone = snapshot.Zone,
        Usage = snapshot.Usage,
        Process = snapshot.Process,
        PeakResidentBytes = snapshot.PeakResidentBytes,
        Managed = snapshot.Managed,
        Container = snapshot.Container,
        Metrics = metrics ?? snapshot.Metrics,
    };
}
