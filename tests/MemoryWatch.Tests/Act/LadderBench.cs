using System.Collections.Concurrent;
using MemoryWatch.Act;
using MemoryWatch.Guard;
using MemoryWatch.Judge;
using MemoryWatch.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace MemoryWatch.Tests.Act;

/// <summary>A ladder with a clock and with memory of the test's own. The limit is 512 MB; relief begins at 400 and ends below 350.</summary>
internal sealed class LadderBench : IDisposable
{
    private const double Limit = 512;

    private readonly PluginRunner _asking;
    private readonly PluginRunner _runner;
    private readonly HighMemoryDetector _high = new();
    private ZoneJudgement _judgement;
    private double _used = 100;
    private double _heap = 50;

    public LadderBench(IMemoryRelief[] steps, NativeHeapRelief[]? trims = null)
    {
        var stuck = new StuckThreads();
        _asking = new(Listener, stuck, Time, Deadline.Backstop);
        _runner = new(Listener, stuck, Time, Deadline.Backstop);
        Ladder = new(steps, trims ?? [], _asking, _runner, Measure, Time, () => { }, Collect);
    }

    public FakeTimeProvider Time { get; } = new(new(2026, 12, 1, 9, 0, 0, TimeSpan.Zero));

    public RecordingPluginListener Listener { get; } = new();

    public ReliefLadder Ladder { get; }

    public ReliefRules Rules { get; set; } = new(Collects: false, TimeSpan.FromMinutes(1), TrimsNativeHeap: true, OnlyObserves: false);

    public JudgeSettings Settings { get; set; } = JudgeSettingsOf.Defaults;

    /// <summary>Used and resident memory in megabytes; steps may change it.</summary>
    public double Used
    {
        get => Volatile.Read(ref _used);
        set => Volatile.Write(ref _used, value);
    }

    /// <summary>The managed heap in megabytes.</summary>
    public double Heap
    {
        get => Volatile.Read(ref _heap);
        set => Volatile.Write(ref _heap, value);
    }

    /// <summary>How soon the limit may be reached; null if memory does not grow.</summary>
    public TimeSpan? LimitIn { get; set; }

    /// <summary>The lower bound of used memory if it is not <see cref="Used"/>.</summary>
    public double? LeastUsed { get; set; }

    public List<ReliefOutcome> Outcomes { get; } = [];

    /// <summary>The GCs that the ladder forced.</summary>
    public ConcurrentQueue<CollectionMode> Collections { get; } = new();

    /// <summary>What a GC does, where it does anything.</summary>
    public Action? OnCollect { get; set; }

    public List<ReliefPreview> Previews { get; } = [];

    public int Exhaustions { get; private set; }

    public IEnumerable<string> Called => Outcomes.Select(outcome => outcome.Name);

    /// <summary>Makes one tick some seconds later, and waits for the step that it may have started.</summary>
    public ReliefStanding Tick(double? used = null, double seconds = 1, bool waits = true)
    {
        Time.Advance(TimeSpan.FromSeconds(seconds));
        Used = used ?? Used;
        var snapshot = new MemorySnapshot
        {
            Process = new() { ResidentBytes = Bytes.Megabytes(Used) },
            Usage = new()
            {
                UsedBytes = Bytes.Megabytes(Used),
                LimitBytes = Bytes.Megabytes(Limit),
                Source = LimitSource.Container,
                LeastUsedBytes = LeastUsed is { } least ? Bytes.Megabytes(least) : null,
                Precision = LeastUsed is null ? UsagePrecision.Exact : UsagePrecision.AtMost,
            },
        };
        _judgement = Zones.Next(_judgement, snapshot, Settings);
        snapshot.Judged(_judgement, LimitIn is { } left ? new TimeToLimit(LimitSource.Container, left, left * 2, default) : null);
        _high.Inspect(snapshot, Settings);
        Ladder.Use(Rules);
        var report = new TickReport(snapshot, [], _high.IsHigh) { IsAboveTarget = ReliefTarget.IsAbove(snapshot, Settings) ?? _high.IsHigh };
        var (outcome, preview, isExhausted) = Ladder.Advance(report);
        Outcomes.AddRange(outcome is null ? [] : [outcome]);
        Previews.AddRange(preview is null ? [] : [preview]);
        Exhaustions += isExhausted ? 1 : 0;
        if (waits)
        {
            Deadline.UntilSoon(() => !_runner.IsWorking, "the step should have returned");
        }

        return Ladder.Standing;
    }

    /// <summary>Ticks each second while memory stays as it is.</summary>
    public ReliefStanding Ticks(int count)
    {
        var standing = Ladder.Standing;
        for (var i = 0; i < count; i++)
        {
            standing = Tick();
        }

        return standing;
    }

    public void Dispose()
    {
        _asking.Dispose();
        _runner.Dispose();
    }

    private void Collect(CollectionMode mode)
    {
        Collections.Enqueue(mode);
        OnCollect?.Invoke();
    }

    private ReliefMeasure Measure() => new()
    {
        ResidentBytes = Bytes.Megabytes(Used),
        UsedBytes = Bytes.Megabytes(Used),
        HeapBytes = Bytes.Megabytes(Heap),
        CommittedBytes = Bytes.Megabytes(Heap + 10),
    };
}
