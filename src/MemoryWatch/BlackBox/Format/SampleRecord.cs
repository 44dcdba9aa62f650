using MemoryWatch.Read;
using static MemoryWatch.BlackBox.Format.RecordFields;

namespace MemoryWatch.BlackBox.Format;

/// <summary>The numbers of a snapshot in a record, and the memory group that the process was in then.</summary>
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

    /// <summary>The numbers in the order in which they stand from <see cref="NumbersOffset"/> on.</summary>
    private enum Number
    {
        Used, Limit, Resident, Peak, Virtual, Anonymous, FileBacked, Shared, Heap, Live, Committed, HeapLimit, Allocated,
        ContainerUsage, ContainerUsed, ContainerLimit, GroupKills, MachineTotal, MachineAvailable, MachineKills, GroupDevice, GroupInode,
    }

    public static void Write(Span<byte> record, in MemorySnapshot snapshot, MemoryZone zone, MemoryGroup? group, bool isMetered)
    {
        record[MeteredOffset] = isMetered ? (byte)1 : (byte)0;
        record[ZoneOffset] = (byte)zone;
        record[LimitSourceOffset] = (byte)snapshot.Usage.Source;
        record[ContainerVersionOffset] = (byte)(snapshot.Container.Version ?? 0);
        Put(record, Number.Used, snapshot.Usage.UsedBytes);
        Put(record, Number.Limit, snapshot.Usage.LimitBytes);
        Put(record, Number.Resident, snapshot.Process.ResidentBytes);
        Put(record, Number.Peak, snapshot.PeakResidentBytes);
        Put(record, Number.Virtual, snapshot.Process.VirtualBytes);
        Put(record, Number.Anonymous, snapshot.Process.AnonymousBytes);
        Put(record, Number.FileBacked, snapshot.Process.FileBackedBytes);
        Put(record, Number.Shared, snapshot.Process.SharedBytes);
        Put(record, Number.Heap, snapshot.Managed.HeapBytes);
        Put(record, Number.Live, snapshot.Managed.LiveBytes);
        Put(record, Number.Committed, snapshot.Managed.CommittedBytes);
        Put(record, Number.HeapLimit, snapshot.Managed.HeapLimitBytes);
        Put(record, Number.Allocated, snapshot.Managed.TotalAllocatedBytes);
        Put(record, Number.ContainerUsage, snapshot.Container.UsageBytes);
        Put(record, Number.ContainerUsed, snapshot.Container.UsedBytes);
        Put(record, Number.ContainerLimit, snapshot.Container.LimitBytes);
        Put(record, Number.GroupKills, snapshot.Container.OomKills);
        Put(record, Number.MachineTotal, snapshot.Machine.TotalBytes);
        Put(record, Number.MachineAvailable, snapshot.Machine.AvailableBytes);
        Put(record, Number.MachineKills, snapshot.Machine.OomKills);
        Put(record, Number.GroupDevice, (long?)group?.Device);
        Put(record, Number.GroupInode, (long?)group?.Inode);
        for (var i = 0; i < snapshot.Metrics.Count; i++)
        {
            RecordFields.Put(record, MetricsOffset + i * sizeof(long), snapshot.Metrics[i].Value, MetricsPresentOffset, i);
        }

        RecordFields.Put(record, CollectionsOffset, snapshot.Managed.Generation2Collections);
    }

    /// <summary>Whether operations are charged with what they allocate.</summary>
    public static bool IsMetered(ReadOnlySpan<byte> record) => record[MeteredOffset] != 0;

    public static MemoryZone Zone(ReadOnlySpan<byte> record) =>
        (MemoryZone)Math.Min(record[ZoneOffset], (byte)MemoryZone.Imminent);

    /// <param name="record">A sound record.</param>
    /// <param name="path">The path of the group where it is the one that the run began in.</param>
    public static MemoryGroup? Group(ReadOnlySpan<byte> record, string path) =>
        Get(record, Number.GroupDevice) is { } device && Get(record, Number.GroupInode) is { } inode
            ? new(path, (ulong)device, (ulong)inode)
            : null;

    public static MemorySnapshot Read(ReadOnlySpan<byte> record, MetricDefinition[] metrics) => new()
    {
        Time = BoxTime.Time(Int64(record, TimeOffset)),
        Operation = "Last Seen",
        Usage = new()
        {
            UsedBytes = Get(record, Number.Used),
            LimitBytes = Get(record, Number.Limit),
            Source = (LimitSource)Math.Min(record[LimitSourceOffset], (byte)LimitSource.Machine),
        },
        Process = new()
        {
            ResidentBytes = Get(record, Number.Resident),
            VirtualBytes = Get(record, Number.Virtual),
            AnonymousBytes = Get(record, Number.Anonymous),
            FileBackedBytes = Get(record, Number.FileBacked),
            SharedBytes = Get(record, Number.Shared),
        },
        PeakResidentBytes = Get(record, Number.Peak),
        Managed = new()
        {
            HeapBytes = Get(record, Number.Heap),
            LiveBytes = Get(record, Number.Live),
            CommittedBytes = Get(record, Number.Committed),
            HeapLimitBytes = Get(record, Number.HeapLimit),
            TotalAllocatedBytes = Get(record, Number.Allocated),
            Generation2Collections = Int32(record, CollectionsOffset),
        },
        Container = new()
        {
            Version = record[ContainerVersionOffset] is var version and > 0 ? version : null,
            UsageBytes = Get(record, Number.ContainerUsage),
            UsedBytes = Get(record, Number.ContainerUsed),
            LimitBytes = Get(record, Number.ContainerLimit),
            OomKills = Get(record, Number.GroupKills),
        },
        Machine = new()
        {
            TotalBytes = Get(record, Number.MachineTotal),
            AvailableBytes = Get(record, Number.MachineAvailable),
            OomKills = Get(record, Number.MachineKills),
        },
        Metrics = Metrics(record, metrics),
    };

    private static MetricValues Metrics(ReadOnlySpan<byte> record, MetricDefinition[] metrics)
    {
        Span<long?> values = stackalloc long?[metrics.Length];
        for (var i = 0; i < metrics.Length; i++)
        {
            values[i] = Optional(record, MetricsOffset + i * sizeof(long), MetricsPresentOffset, i);
        }

        return new(metrics, values);
    }

    private static void Put(Span<byte> record, Number number, long? value) =>
        RecordFields.Put(record, OffsetOf(number), value, PresentOffset, (int)number);

    private static long? Get(ReadOnlySpan<byte> record, Number number) =>
        Optional(record, OffsetOf(number), PresentOffset, (int)number);

    private static int OffsetOf(Number number) => NumbersOffset + (int)number * sizeof(long);
}
