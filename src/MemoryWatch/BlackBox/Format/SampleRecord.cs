using MemoryWatch.Read;
using static MemoryWatch.BlackBox.Format.RecordFields;

namespace MemoryWatch.BlackBox.Format;

/// <summary>The numbers of a snapshot in a record, and the process's cgroup at that time.</summary>
internal static class SampleRecord
{
    public const int ZoneOffset = 33;
    public const int LimitSourceOffset = 34;
    public const int ContainerVersionOffset = 35;
    public const int PresentOffset = BodyOffset;
    public const int MetricsPresentOffset = 44;
    public const int NumbersOffset = 48;
    public const int MetricsOffset = 224;
    public const int CollectionsOffset = 480;
    public const int MeteredOffset = 484;
    public const int BuiltInPresentOffset = 485;
    public const int PrecisionOffset = 486;
    public const int JudgementOffset = 487;
    public const int ThreadsOffset = 488;
    public const int OpenFilesOffset = 496;
    public const int OtherProcessesOffset = 504;
    public const int QuietOffset = 508;

    /// <summary>Maximum number of the application's metrics in a record.</summary>
    public const int MostMetrics = (CollectionsOffset - MetricsOffset) / sizeof(long);

    private const int ThreadsBit = 0;
    private const int OpenFilesBit = 1;

    // Set if threads and open files have separate fields. Files of earlier versions have them among the metrics.
    private const byte HasBuiltIn = 1 << 2;

    private const int ContainerPrecisionShift = 4;

    // Set if the byte has been written. Files of earlier versions have 0 there.
    private const byte HasJudgement = 1;
    private const byte HeapGoverns = 1 << 1;
    private const byte ProcessGoverns = 1 << 2;
    private const byte EnforcesHeapLimit = 1 << 3;
    private const int LeastZoneShift = 4;
    private const int LeastZoneMask = 3;

    private const string LastSeen = "Last Seen";

    /// <summary>The numbers in the order of their fields from <see cref="NumbersOffset"/> on; this is the only list of them.</summary>
    private static readonly Number[] Numbers =
    [
        new((in Sample s) => s.Usage.UsedBytes, (ref Sample s, long? v) => s.Usage = s.Usage with { UsedBytes = v }),
        new((in Sample s) => s.Usage.LimitBytes, (ref Sample s, long? v) => s.Usage = s.Usage with { LimitBytes = v }),
        new((in Sample s) => s.Process.ResidentBytes, (ref Sample s, long? v) => s.Process = s.Process with { ResidentBytes = v }),
        new((in Sample s) => s.Peak, (ref Sample s, long? v) => s.Peak = v),
        new((in Sample s) => s.Process.VirtualBytes, (ref Sample s, long? v) => s.Process = s.Process with { VirtualBytes = v }),
        new((in Sample s) => s.Process.AnonymousBytes, (ref Sample s, long? v) => s.Process = s.Process with { AnonymousBytes = v }),
        new((in Sample s) => s.Process.FileBackedBytes, (ref Sample s, long? v) => s.Process = s.Process with { FileBackedBytes = v }),
        new((in Sample s) => s.Process.SharedBytes, (ref Sample s, long? v) => s.Process = s.Process with { SharedBytes = v }),
        new((in Sample s) => s.Managed.HeapBytes, (ref Sample s, long? v) => s.Managed = s.Managed with { HeapBytes = v }),
        new((in Sample s) => s.Managed.LiveBytes, (ref Sample s, long? v) => s.Managed = s.Managed with { LiveBytes = v }),
        new((in Sample s) => s.Managed.CommittedBytes, (ref Sample s, long? v) => s.Managed = s.Managed with { CommittedBytes = v }),
        new((in Sample s) => s.Managed.HeapLimitBytes, (ref Sample s, long? v) => s.Managed = s.Managed with { HeapLimitBytes = v }),
        new((in Sample s) => s.Managed.TotalAllocatedBytes, (ref Sample s, long? v) => s.Managed = s.Managed with { TotalAllocatedBytes = v }),
        new((in Sample s) => s.Container.UsageBytes, (ref Sample s, long? v) => s.Container = s.Container with { UsageBytes = v }),
        new((in Sample s) => s.Container.UsedBytes, (ref Sample s, long? v) => s.Container = s.Container with { UsedBytes = v }),
        new((in Sample s) => s.Container.LimitBytes, (ref Sample s, long? v) => s.Container = s.Container with { LimitBytes = v }),
        new((in Sample s) => s.Container.OomKills, (ref Sample s, long? v) => s.Container = s.Container with { OomKills = v }),
        new((in Sample s) => s.Machine.TotalBytes, (ref Sample s, long? v) => s.Machine = s.Machine with { TotalBytes = v }),
        new((in Sample s) => s.Machine.AvailableBytes, (ref Sample s, long? v) => s.Machine = s.Machine with { AvailableBytes = v }),
        new((in Sample s) => s.Machine.OomKills, (ref Sample s, long? v) => s.Machine = s.Machine with { OomKills = v }),
        new((in Sample s) => s.GroupDevice, (ref Sample s, long? v) => s.GroupDevice = v),
        new((in Sample s) => s.GroupInode, (ref Sample s, long? v) => s.GroupInode = v),
    ];

    private delegate long? Get(in Sample sample);

    private delegate void Set(ref Sample sample, long? value);

    /// <param name="record">An empty record.</param>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="group">The process's cgroup.</param>
    /// <param name="isMetered">Whether allocations are attributed to operations.</param>
    /// <param name="quiet">Number of quiet operations in flight, which are not recorded otherwise.</param>
    public static void Write(Span<byte> record, MemorySnapshot snapshot, MemoryGroup? group, bool isMetered, int quiet)
    {
        record[MeteredOffset] = isMetered ? (byte)1 : (byte)0;
        record[ZoneOffset] = (byte)snapshot.Zone;
        record[LimitSourceOffset] = (byte)snapshot.Usage.Source;
        record[ContainerVersionOffset] = (byte)(snapshot.Container.Version ?? 0);
        var sample = new Sample(snapshot, group);
        for (var i = 0; i < Numbers.Length; i++)
        {
            Put(record, OffsetOf(i), Numbers[i].Get(sample), PresentOffset, i);
        }

        WriteMetrics(record, snapshot.Metrics);
        WriteJudgement(record, snapshot);
        PutCount(record, OtherProcessesOffset, snapshot.Container.OtherProcesses);
        PutCount(record, QuietOffset, quiet);
        Put(record, CollectionsOffset, snapshot.Managed.Generation2Collections);
    }

    /// <summary>Whether allocations are attributed to operations.</summary>
    public static bool IsMetered(ReadOnlySpan<byte> record) => record[MeteredOffset] != 0;

    /// <summary>Number of quiet operations in flight; <see langword="null"/> in files of earlier versions.</summary>
    public static int? Quiet(ReadOnlySpan<byte> record) => Count(record, QuietOffset);

    /// <summary>
    /// Zone of the limit that kills, by the lower bound of used memory. Earlier versions knew only this limit, so the zone was its zone.
    /// </summary>
    public static MemoryZone LeastZone(ReadOnlySpan<byte> record) => (record[JudgementOffset] & HasJudgement) == 0
        ? Zone(record)
        : (MemoryZone)(record[JudgementOffset] >> LeastZoneShift & LeastZoneMask);

    /// <param name="record">A sound record.</param>
    /// <param name="path">The path of the cgroup in which the run started; the record does not hold the path.</param>
    public static MemoryGroup? Group(ReadOnlySpan<byte> record, string path)
    {
        var sample = ReadNumbers(record);
        return sample is { GroupDevice: { } device, GroupInode: { } inode } ? new(path, (ulong)device, (ulong)inode) : null;
    }

    /// <param name="record">A sound record.</param>
    /// <param name="metrics">The metric definitions of the file.</param>
    public static MemorySnapshot Read(ReadOnlySpan<byte> record, MetricDefinition[] metrics)
    {
        var sample = ReadNumbers(record);
        var usage = ReadUsage(record, sample);
        var managed = sample.Managed with
        {
            Generation2Collections = Int32(record, CollectionsOffset),
            IsHeapLimitEnforced = EnforcesLimit(record, sample),
        };
        return new MemorySnapshot
        {
            Time = BoxTime.Time(Int64(record, TimeOffset)),
            Zone = Zone(record),
            Operation = LastSeen,
            Usage = usage,
            Process = sample.Process,
            PeakResidentBytes = sample.Peak,
            Managed = managed,
            Container = sample.Container with
            {
                Version = record[ContainerVersionOffset] is var version and > 0 ? version : null,
                UsedPrecision = Precision(record[PrecisionOffset] >> ContainerPrecisionShift),
                OtherProcesses = Count(record, OtherProcessesOffset),
            },
            Machine = sample.Machine,
            Metrics = ReadMetrics(record, metrics),
        }.Judged(ReadJudgement(record));
    }

    private static MemoryZone Zone(ReadOnlySpan<byte> record) =>
        (MemoryZone)Math.Min(record[ZoneOffset], (byte)MemoryZone.Imminent);

    private static UsagePrecision Precision(int number) => (UsagePrecision)Math.Min(number & 0xF, (int)UsagePrecision.AtLeast);

    private static void WriteJudgement(Span<byte> record, MemorySnapshot snapshot)
    {
        record[PrecisionOffset] =
            (byte)((int)snapshot.Usage.Precision | (int)snapshot.Container.UsedPrecision << ContainerPrecisionShift);

        // A snapshot whose zone was set without being judged, such as the first one, knows no other zone.
        var least = snapshot.Zone == snapshot.Judgement.Zone ? snapshot.Judgement.Least : snapshot.Zone;
        record[JudgementOffset] = (byte)(HasJudgement
            | (snapshot.Governing.Source == LimitSource.GCHeap ? HeapGoverns : 0)
            | (snapshot.Governing.Source == LimitSource.Process ? ProcessGoverns : 0)
            | (snapshot.Managed.IsHeapLimitEnforced ? EnforcesHeapLimit : 0)
            | (int)least << LeastZoneShift);
    }

    private static MemoryUsage ReadUsage(ReadOnlySpan<byte> record, in Sample sample)
    {
        var usage = sample.Usage with
        {
            Source = (LimitSource)Math.Min(record[LimitSourceOffset], (byte)LimitSource.Process),
            Precision = Precision(record[PrecisionOffset]),
        };
        return usage is { Precision: UsagePrecision.AtMost, UsedBytes: { } used } && sample.Process.ResidentBytes is { } resident
            ? usage with { LeastUsedBytes = Math.Min(resident, used) }
            : usage;
    }

    private static ZoneJudgement ReadJudgement(ReadOnlySpan<byte> record)
    {
        var (zone, least, flags) = (Zone(record), LeastZone(record), record[JudgementOffset]);
        return (flags & (HeapGoverns | ProcessGoverns)) switch
        {
            HeapGoverns => new(least, least, zone, LimitSource.GCHeap),
            ProcessGoverns => new(zone, least, default, LimitSource.Process),
            _ => new(zone, least, default, default),
        };
    }

    /// <summary>Files of earlier versions do not have this; without a limit, the number is the machine's physical memory.</summary>
    private static bool EnforcesLimit(ReadOnlySpan<byte> record, in Sample sample) => (record[JudgementOffset] & HasJudgement) == 0
        ? sample.Managed.HeapLimitBytes < sample.Machine.TotalBytes
        : (record[JudgementOffset] & EnforcesHeapLimit) != 0;

    /// <summary>Writes a count plus 1, because bytes that no one has written are 0.</summary>
    private static void PutCount(Span<byte> record, int offset, int? count) =>
        Put(record, offset, count is { } known ? (int)Math.Min(known + 1L, int.MaxValue) : 0);

    private static int? Count(ReadOnlySpan<byte> record, int offset) => Int32(record, offset) is var stored and > 0 ? stored - 1 : null;

    private static Sample ReadNumbers(ReadOnlySpan<byte> record)
    {
        var sample = default(Sample);
        for (var i = 0; i < Numbers.Length; i++)
        {
            Numbers[i].Set(ref sample, Optional(record, OffsetOf(i), PresentOffset, i));
        }

        return sample;
    }

    /// <summary>Writes the first <see cref="MostMetrics"/> metrics of the application. Threads and open files are always written.</summary>
    private static void WriteMetrics(Span<byte> record, MetricValues metrics)
    {
        var place = 0;
        record[BuiltInPresentOffset] = HasBuiltIn;
        for (var i = 0; i < metrics.Count; i++)
        {
            var (definition, value) = metrics[i];
            if (definition == BuiltInMetrics.Threads)
            {
                Put(record, ThreadsOffset, value, BuiltInPresentOffset, ThreadsBit);
            }
            else if (definition == BuiltInMetrics.OpenFiles)
            {
                Put(record, OpenFilesOffset, value, BuiltInPresentOffset, OpenFilesBit);
            }
            else if (place < MostMetrics)
            {
                Put(record, MetricsOffset + place * sizeof(long), value, MetricsPresentOffset, place);
                place++;
            }
        }
    }

    private static MetricValues ReadMetrics(ReadOnlySpan<byte> record, MetricDefinition[] metrics)
    {
        var values = new List<long?>(metrics.Length + 2);
        for (var i = 0; i < metrics.Length; i++)
        {
            values.Add(Optional(record, MetricsOffset + i * sizeof(long), MetricsPresentOffset, i));
        }

        if ((record[BuiltInPresentOffset] & HasBuiltIn) == 0)
        {
            return new(metrics, [.. values]);
        }

        values.Add(Optional(record, ThreadsOffset, BuiltInPresentOffset, ThreadsBit));
        values.Add(Optional(record, OpenFilesOffset, BuiltInPresentOffset, OpenFilesBit));
        return new([.. metrics, BuiltInMetrics.Threads, BuiltInMetrics.OpenFiles], [.. values]);
    }

    private static int OffsetOf(int number) => NumbersOffset + number * sizeof(long);

    /// <summary>Reads a number from a sample and writes it to one.</summary>
    private readonly record struct Number(Get Get, Set Set);

    /// <summary>Holds the readings that contain the numbers.</summary>
    private struct Sample(MemorySnapshot snapshot, MemoryGroup? group)
    {
        public MemoryUsage Usage = snapshot.Usage;
        public ProcessReading Process = snapshot.Process;
        public long? Peak = snapshot.PeakResidentBytes;
        public ManagedReading Managed = snapshot.Managed;
        public ContainerReading Container = snapshot.Container;
        public MachineReading Machine = snapshot.Machine;
        public long? GroupDevice = (long?)group?.Device;
        public long? GroupInode = (long?)group?.Inode;
    }
}
