using MemoryWatch.BlackBox.Format;
using MemoryWatch.BlackBox.Recall;
using MemoryWatch.BlackBox.Record;
using MemoryWatch.Read;
using MemoryWatch.Tests.Support;
using MemoryWatch.Track;
using Microsoft.Extensions.Time.Testing;

namespace MemoryWatch.Tests.BlackBox;

/// <summary>Operations that are recorded into memory, with a fake machine and clock and no watch around them.</summary>
internal sealed class BoxBench : IEntryListener
{
    private readonly Guid _boot = Guid.NewGuid();
    private readonly SettableClock _clock;
    private bool _hanging;

    public BoxBench(
        long size = BoxFormat.SmallestSize, Func<long?>? countWaits = null, bool isMetered = true, params MetricDefinition[] metrics)
    {
        _clock = new(Time);
        var (watch, operations) = BoxFormat.Rings(size);
        Header = new(new() { RunId = Guid.NewGuid(), BootId = _boot, ProcessId = 4711, Started = Time.GetUtcNow() }, watch, operations, metrics.Length)
        {
            HistoryRecords = BoxFormat.History(size),
        };
        File = new(size);
        Header.Write(File.Bytes.AsSpan(0, BoxFormat.HeaderSize));
        for (var i = 0; i < Math.Min(metrics.Length, BoxFormat.DefinitionCount); i++)
        {
            var record = File.Bytes.AsSpan(BoxFormat.DefinitionsOffset + i * BoxFormat.RecordSize, BoxFormat.RecordSize);
            RecordFields.Begin(record, RecordKind.MetricDefinition, Time.GetUtcNow(), default);
            DefinitionRecord.Write(record, i, metrics[i]);
            RecordFields.Seal(record, Header.Identity.Tag, 0);
        }

        Metrics = metrics;
        Writer = new(File, Header, _clock, countWaits);
        Tracker = new(
            new OperationStore(static () => { }), new ResidentProbe(Reader, static () => { }), _clock, this, isMetered);
        Recorder = new(Writer, Tracker, Reader, Log, _clock, _clock.GetTimestamp());
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 22, 3, 12, 45, TimeSpan.Zero));

    public FakeReader Reader { get; } = new() { ResidentMegabytes = 150 };

    public LogCapture Log { get; } = new();

    public BoxHeader Header { get; }

    public MetricDefinition[] Metrics { get; }

    /// <summary>What the runtime says that the process has allocated so far.</summary>
    public long? Allocated { get; set; }

    public MemoryBoxFile File { get; }

    public RecordWriter Writer { get; }

    public FlightRecorder Recorder { get; }

    public OperationTracker Tracker { get; }

    /// <summary>What a later start would be that can be told to be of the same boot.</summary>
    public RunIdentity Next => new() { RunId = Guid.NewGuid(), BootId = _boot };

    public OperationScope Track(string name, OperationContext context = default) => Tracker.Start(name, context);

    public OperationScope TrackQuiet(string name) => Tracker.Start(name, default, OperationVerbosity.Quiet);

    public void Mark(string name, OperationContext context = default) => Tracker.Mark(name, context);

    /// <summary>Whether a write hangs, for tests that make one.</summary>
    public bool Hanging
    {
        get => Volatile.Read(ref _hanging);
        set => Volatile.Write(ref _hanging, value);
    }

    /// <summary>An entry made beforehand.</summary>
    public JournalEntry Entry { get; } = new() { Kind = JournalEntryKind.Mark, Name = "Session Created", Context = "User 5", ResidentBytes = 1 };

    /// <summary>A tick as the watch makes it, some time after the one before.</summary>
    public void Tick(double used = 100, double seconds = 1, MemoryZone zone = MemoryZone.Healthy, long? kills = null)
    {
        Time.Advance(TimeSpan.FromSeconds(seconds));
        Tracker.Clock.Set();
        Recorder.OnReport(Report(Snapshot(used, kills, zone)));
    }

    /// <summary>Somebody sets the clock; time itself goes on as before.</summary>
    public void SetClockBack(TimeSpan by) => _clock.Set(-by);

    /// <summary>What a tick came to that found nothing, or these.</summary>
    public static TickReport Report(MemorySnapshot snapshot, params MemoryAlert[] alerts) => new(snapshot, alerts, isHigh: false);

    public MemorySnapshot Snapshot(double used = 100, long? kills = null, MemoryZone zone = MemoryZone.Healthy) => new()
    {
        Zone = zone,
        Time = _clock.GetUtcNow(),
        Usage = new() { UsedBytes = Bytes.Megabytes(used), LimitBytes = Bytes.Megabytes(512), Source = LimitSource.Container },
        Process = new() { ResidentBytes = Reader.Resident, AnonymousBytes = Reader.Resident },
        Managed = new() { HeapBytes = Reader.Resident / 2, TotalAllocatedBytes = Allocated },
        Container = new() { OomKills = kills },
    };

    /// <summary>Fills the file's history with points of the hours before.</summary>
    public void WriteHistory()
    {
        var row = new int[HistoryRow.FirstMetric + HistoryRecord.Metrics];
        HistoryRow.Clear(row);
        for (var index = 0; index < Header.HistoryRecords; index++)
        {
            var record = File.Bytes.AsSpan((int)Header.HistoryOffset + index * BoxFormat.RecordSize, BoxFormat.RecordSize);
            RecordFields.Begin(record, RecordKind.History, Time.GetUtcNow(), default);
            HistoryRecord.SetIndex(record, index);
            for (var i = 0; i < HistoryRecord.MostItems; i++)
            {
                row.AsSpan(HistoryRow.FirstSize, HistoryRow.Sizes).Fill(100 << 10);
                var start = Time.GetUtcNow() - HistoryRecord.Length * ((Header.HistoryRecords - index) * HistoryRecord.MostItems - i);
                HistoryRecord.Add(record, start, row, i > 0 ? null : new() { Time = start, Verdict = RunVerdict.Killed });
            }

            RecordFields.Seal(record, Header.Identity.Tag, 0);
        }
    }

    /// <summary>What the file says now, as if the process had just been killed.</summary>
    public RunRecording Read() => RecordingReader.Read(File.Read, File.Bytes.Length, out var problem)
        ?? throw new InvalidOperationException(problem);

    public PreviousRun Judge(RunIdentity? now = null, Func<KernelLog?>? readLog = null) =>
        PostMortem.Of(Read(), now ?? Next, "kept", TimeZoneInfo.Utc, readLog);

    void IEntryListener.OnEntry(in JournalEntry entry) => Recorder.OnEntry(entry);
}
