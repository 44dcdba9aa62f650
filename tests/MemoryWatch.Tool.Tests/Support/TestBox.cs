using MemoryWatch.BlackBox.Format;

namespace MemoryWatch.Tool.Tests.Support;

/// <summary>A black box as a run would have written it, record by record, with a clock of its own.</summary>
internal sealed class TestBox
{
    public static readonly DateTimeOffset Start = new(2026, 11, 22, 3, 12, 45, TimeSpan.Zero);

    private static readonly MetricDefinition[] Metrics = [new("Sessions"), new("Queue")];

    private readonly byte[] _bytes = new byte[512 << 10];
    private readonly BoxHeader _header;
    private int _watch;
    private int _operations;
    private long _sequence;
    private TimeSpan _clock;

    public TestBox(RunIdentity? identity = null)
    {
        var (watch, operations) = BoxFormat.Rings(_bytes.Length);
        _header = new(identity ?? Identity, watch, operations, Metrics.Length) { HistoryRecords = BoxFormat.History(_bytes.Length) };
        _header.Write(_bytes.AsSpan(0, BoxFormat.HeaderSize));
        for (var i = 0; i < Metrics.Length; i++)
        {
            var (at, index) = (BoxFormat.DefinitionsOffset + i * BoxFormat.RecordSize, i);
            Write(at, RecordKind.MetricDefinition, record => DefinitionRecord.Write(record, index, Metrics[index]), sequence: 0);
        }
    }

    private delegate void Fill(Span<byte> record);

    public static RunIdentity Identity { get; } = new()
    {
        RunId = new("0f8fad5b-d9cb-469f-a165-70867728950e"), BootId = new("7c9e6679-7425-40de-944b-e07fc1f90ae7"), ProcessId = 1, Started = Start, ProcessStarted = Start,
        MachineName = "bot-7c9f", LibraryVersion = "0.1.0", Group = new("/sys/fs/cgroup", 26, 4711), GroupKills = 0, MachineKills = 10,
        LimitBytes = 512 << 20, BootClock = TimeSpan.FromHours(30),
    };

    public byte[] Bytes => _bytes;

    public BoxHeader Header => _header;

    /// <summary>A downloader that was killed: sessions stay level, one download takes more and more.</summary>
    public static TestBox OfAKilledDownloader(RunIdentity? identity = null)
    {
        var box = new TestBox(identity);
        box.Entry(new() { Kind = JournalEntryKind.Mark, Name = "Session Created", Context = "Total sessions: 3", ResidentBytes = 118 << 20 });
        for (var second = 0; second < 90; second++)
        {
            box.At(TimeSpan.FromSeconds(second));
            if (second == 20)
            {
                box.Entry(new() { Kind = JournalEntryKind.Started, OperationId = 7, Slot = 1, Name = "Download", Context = "User 5", ResidentBytes = 150 << 20 });
            }

            var used = 120 + (second < 20 ? second % 3 : (second - 20) * 5.4);
            box.Sample(used, used switch { < 358 => MemoryZone.Healthy, < 435 => MemoryZone.Elevated, < 486 => MemoryZone.Critical, _ => MemoryZone.Imminent });
            if (second == 79)
            {
                box.Alert(new HighMemoryAlert(new() { UsedBytes = 438 << 20, LimitBytes = 512 << 20 }, 430 << 20), "🔴 MEMORY CRITICAL: 438.6 MB / 512 MB, limit at this pace in 11-16 s");
                box.Finding("Stuck operation: Download (User 5) has run for 59 s and allocated 318.6 MB. Cancel it, or let it stream");
            }
        }

        return box;
    }

    public TestBox At(TimeSpan clock)
    {
        _clock = clock;
        return this;
    }

    public TestBox Sample(double usedMegabytes, MemoryZone zone, double heapMegabytes = 60, long groupKills = 0)
    {
        var used = (long)(usedMegabytes * (1 << 20));
        var snapshot = new MemorySnapshot
        {
            Time = Start + _clock,
            Zone = zone,
            Usage = new() { UsedBytes = used, LimitBytes = 512 << 20, Source = LimitSource.Container },
            Process = new() { ResidentBytes = used + (30 << 20), AnonymousBytes = used - (8 << 20), SharedBytes = 4 << 20, FileBackedBytes = 30 << 20 },
            Managed = new() { HeapBytes = used - (50 << 20), LiveBytes = (long)(heapMegabytes * (1 << 20)), CommittedBytes = used - (40 << 20), OccupiedBytes = used - (50 << 20), HeapLimitBytes = 384 << 20 },
            Container = new() { UsageBytes = used + (20 << 20), UsedBytes = used, LimitBytes = 512 << 20, OomKills = groupKills, Version = 2 },
            Machine = new() { TotalBytes = 8L << 30, AvailableBytes = 4L << 30, OomKills = 10 },
            Metrics = new(Metrics, [3L, 0L]),
        };
        Watch(RecordKind.Sample, record => SampleRecord.Write(record, snapshot, Identity.Group, isMetered: true, quiet: 0));
        return this;
    }

    public TestBox Entry(JournalEntry entry)
    {
        var offset = _header.OperationRingOffset + _operations++ * BoxFormat.RecordSize;
        Write(offset, EntryRecord.KindOf(entry.Kind), record => EntryRecord.Write(record, entry, isReplay: false), ++_sequence);
        return this;
    }

    public TestBox Finding(string message)
    {
        var finding = new MemoryFinding { Rule = FindingRule.StuckOperation, Severity = AlertSeverity.Warning };
        Watch(RecordKind.Finding, record => FindingRecord.Write(record, finding, message, 0));
        return this;
    }

    public TestBox End(RecordKind kind, long number = 0, string? error = null)
    {
        Write(EndMarkRecord.OffsetOf(kind), kind, record => EndMarkRecord.Write(record, number, error), ++_sequence);
        return this;
    }

    public string SaveTo(string folder, string name = "memory.blackbox")
    {
        var path = Path.Combine(folder, name);
        File.WriteAllBytes(path, _bytes);
        return path;
    }

    private void Alert(MemoryAlert alert, string message) => Watch(RecordKind.Alert, record => AlertRecord.Write(record, alert, message, MemoryZone.Critical));

    private void Watch(RecordKind kind, Fill fill) =>
        Write(BoxFormat.WatchRingOffset + _watch++ * BoxFormat.RecordSize, kind, fill, ++_sequence);

    private void Write(long offset, RecordKind kind, Fill fill, long sequence)
    {
        var record = _bytes.AsSpan((int)offset, BoxFormat.RecordSize);
        RecordFields.Begin(record, kind, Start + _clock, _clock);
        fill(record);
        RecordFields.Seal(record, _header.Identity.Tag, sequence);
    }
}
