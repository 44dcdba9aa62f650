using MemoryWatch.Tell;
using MemoryWatch.Track;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace MemoryWatch.Tool.Tests.Analyze.Support;

/// <summary>
/// Two runs of a bot, written by the library's own log: the first is killed with an upload in flight, the second reports it and stops. A test that reads
/// the log back breaks if a form changes.
/// </summary>
internal sealed class LogStory
{
    public const long Megabyte = 1 << 20;

    private static readonly MetricDefinition[] Metrics = [new("Sessions", new() { Maximum = 10 }), new("Cache", new() { Unit = "items" }), new("Threads")];

    private readonly ILogger _logger;
    private readonly FakeTimeProvider _time;
    private readonly Journal _journal = new();
    private readonly Log _log;
    private long _id;

    private LogStory(ILogger logger, FakeTimeProvider time)
    {
        (_logger, _time) = (logger, time);
        _log = new(logger, _journal, isMetered: true, time);
    }

    public static DateTimeOffset Begin { get; } = new(2026, 12, 1, 23, 50, 0, TimeSpan.Zero);

    public static void Write(ILogger logger, FakeTimeProvider time)
    {
        var story = new LogStory(logger, time);
        story.FirstRun();
        story.SecondRun();
    }

    private void FirstRun()
    {
        Start();
        Pass(10);
        Started("Download", "User 5 | File size: 40.0 MB", 100);
        Pass(5);
        Ended("Download", "User 5 | File size: 40.0 MB", 145, 45, 40.0, 5);
        Pass(60);
        Started("Download", "User 6", 145);
        Pass(1);
        Started("Upload", "User 7", 146);
        Pass(4);
        Tick(250, 11, MemoryZone.Healthy, new SpikeAlert(94 * Megabyte, TimeSpan.FromMinutes(1), 50 * Megabyte).With(null, NoCauseReason.NoGrowth));
        Pass(5);
        Ended("Download", "User 6", 250, 105, 90.0, 10, "IOException: no | Memory: left | Started");
        Pass(30);
        Tick(360, 11, MemoryZone.Elevated, new ZoneAlert(MemoryZone.Elevated, MemoryZone.Healthy, Usage(360)));
        Pass(60);
        Tick(470, 12, MemoryZone.Critical, new ZoneAlert(MemoryZone.Critical, MemoryZone.Elevated, Usage(470)), new HighMemoryAlert(Usage(470), 400 * Megabyte));
        Pass(1);
        _log.OnRelief(new()
        {
            Name = "GC", Time = _time.GetUtcNow(), Duration = TimeSpan.FromMilliseconds(38), Before = new() { ResidentBytes = 470 * Megabyte },
            After = new() { ResidentBytes = 440 * Megabyte },
        });
        Pass(19);
        Tick(471, 12, MemoryZone.Critical, new MetricMaximumAlert(Metrics[0], 12, 10));
        Pass(10);
        _log.OnReport(new(Snapshot(480, 12, MemoryZone.Critical, "Periodic Check"), [], isHigh: true) { Check = Snapshot(480, 12, MemoryZone.Critical, "Periodic Check") });
    }

    private void SecondRun()
    {
        // Past midnight.
        Pass(600);
        Start();
        PreviousRunLog.Write(_logger, new()
        {
            Verdict = RunVerdict.LikelyKilled,
            ProcessId = 42,
            LastSeen = _time.GetUtcNow() - TimeSpan.FromSeconds(600),
            Lifetime = TimeSpan.FromSeconds(205),
            LastSnapshot = Snapshot(480, 12, MemoryZone.Critical, "Last Seen"),
            InFlight = [new() { Name = "Upload", Age = TimeSpan.FromSeconds(130), StartResidentBytes = 146 * Megabyte }],
        });
        Pass(10);
        _log.OnEntry(new()
        {
            Kind = JournalEntryKind.Mark, Name = "Session Created", Context = "User 5 - Total sessions: 1", ResidentBytes = 90 * Megabyte, Time = _time.GetUtcNow(),
        });
        Pass(10);
        _log.OnSnapshot(Snapshot(91, 1, MemoryZone.Healthy, "Check"));
        Pass(10);
        WatchLog.Stopped(_logger);
    }

    private void Start() => new StartReport
    {
        Elevated = MemoryThreshold.Relative(0.7),
        High = MemoryThreshold.Relative(0.75),
        Critical = MemoryThreshold.Relative(0.9),
        Imminent = MemoryThreshold.Relative(0.95),
        Above = [],
        Spike = MemoryThreshold.Relative(0.1),
        SpikeWindow = TimeSpan.FromMinutes(1),
        Interval = TimeSpan.FromSeconds(1),
        PeriodicInterval = TimeSpan.FromMinutes(5),
        GcReportInterval = TimeSpan.FromMinutes(5),
        PeriodicCollectionInterval = TimeSpan.Zero,
    }.Write(_logger, Snapshot(90, 0, MemoryZone.Healthy, string.Empty), new(384 * Megabyte, null, 2, []));

    private void Pass(double seconds) => _time.Advance(TimeSpan.FromSeconds(seconds));

    private void Started(string name, string context, long megabytes) => Add(new()
    {
        Kind = JournalEntryKind.Started, OperationId = ++_id, Name = name, Context = context, ResidentBytes = megabytes * Megabyte, Time = _time.GetUtcNow(),
        Outcome = OperationOutcome.Running,
    });

    private void Ended(string name, string context, long megabytes, long change, double allocated, double seconds, string? error = null) => Add(new()
    {
        Kind = JournalEntryKind.Ended,
        OperationId = _id,
        Name = name,
        Context = context,
        ResidentBytes = megabytes * Megabyte,
        ChangeBytes = change * Megabyte,
        Allocation = new() { AllocatedBytes = (long)(allocated * Megabyte) },
        Duration = TimeSpan.FromSeconds(seconds),
        Outcome = error is null ? OperationOutcome.Completed : OperationOutcome.Failed,
        Error = error,
        Time = _time.GetUtcNow(),
    });

    private void Add(JournalEntry entry)
    {
        _journal.Add(entry);
        _log.OnEntry(entry);
    }

    private void Tick(long megabytes, long sessions, MemoryZone zone, params MemoryAlert[] alerts) =>
        _log.OnReport(new(Snapshot(megabytes, sessions, zone, string.Empty), alerts, isHigh: false));

    private static MemoryUsage Usage(long megabytes) =>
        new() { UsedBytes = megabytes * Megabyte, LimitBytes = 512 * Megabyte, Source = LimitSource.Setting };

    private MemorySnapshot Snapshot(long megabytes, long sessions, MemoryZone zone, string operation) => new()
    {
        Time = _time.GetUtcNow(),
        Zone = zone,
        Operation = operation,
        Usage = Usage(megabytes),
        Process = new() { ResidentBytes = megabytes * Megabyte, VirtualBytes = 1000 * Megabyte },
        Metrics = new(Metrics, [sessions, 3, 20]),
    };
}
