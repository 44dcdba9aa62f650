using System.Globalization;
using System.Text.Json.Serialization;

namespace MemoryWatch;

/// <summary>
/// The numbers of the machine and the application at one moment, and the zone of memory. The watch reads it, judges it, acts on it and reports
/// it. A snapshot is immutable: you can keep it and use it on any thread. Sizes are in bytes; a number that could not be read is
/// <see langword="null"/>, never 0. It serializes to JSON with metrics by name, enums as text, and unknown numbers as null.
/// </summary>
/// <example>
/// <code>
/// MemorySnapshot snapshot = watch.Snapshot("Import Finished", $"Customer {userId}");
/// if (snapshot.Zone >= MemoryZone.Critical)
/// {
///     logger.LogWarning("{Snapshot}", snapshot.DescribeInFull());
/// }
/// </code>
/// </example>
public sealed class MemorySnapshot
{
    private MemoryZone? _zone;
    private ZoneJudgement _judgement;
    private TimeToLimit? _timeToLimit;
    private SnapshotTrigger _trigger;
    private string _operation = string.Empty;
    private OperationContext _context;
    private ContainerProcesses? _containerProcesses;

    /// <summary>A snapshot without numbers. A watch has it before its first reading; an explicit snapshot of a disabled watch returns it.</summary>
    public static MemorySnapshot Empty { get; } = new();

    /// <summary>Time of the reading (UTC).</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>The reason for the reading.</summary>
    public SnapshotTrigger Trigger
    {
        get => _trigger;
        init => _trigger = value;
    }

    /// <summary>
    /// How near memory is to the limit. If usage could not be read, it is the zone of the last reading with a usage. It is healthy if no limit
    /// has been known.
    /// </summary>
    public MemoryZone Zone
    {
        get => _zone ?? _judgement.Zone;
        init => _zone = value;
    }

    /// <summary>The name of the explicit snapshot or of the periodic check; empty for the watch's regular readings.</summary>
    public string Operation
    {
        get => _operation;
        init => _operation = value ?? string.Empty;
    }

    /// <summary>The context of the explicit snapshot; often empty.</summary>
    public OperationContext Context
    {
        get => _context;
        init => _context = value;
    }

    /// <summary>
    /// The used memory and the limit beyond which the process is killed (or, with <see cref="LimitSource.Throttling"/>, slowed down).
    /// </summary>
    public MemoryUsage Usage { get; init; }

    /// <summary>
    /// The occupied heap and the GC's own limit, beyond which an <see cref="OutOfMemoryException"/> is thrown. It has no limit if the GC
    /// enforces none.
    /// </summary>
    public MemoryUsage HeapUsage => new()
    {
        UsedBytes = Managed.OccupiedBytes,
        LimitBytes = Managed.IsHeapLimitEnforced ? Managed.HeapLimitBytes : null,
        Source = LimitSource.GCHeap,
    };

    /// <summary>
    /// The one of <see cref="Usage"/> and <see cref="HeapUsage"/> that is nearer to its limit: it decides the zone, and alerts name it. For a
    /// threshold in bytes without a limit it is the resident memory of this process.
    /// </summary>
    public MemoryUsage Governing
    {
        get => _judgement.Governing switch
        {
            LimitSource.GCHeap => HeapUsage,
            LimitSource.Process => new() { UsedBytes = Process.ResidentBytes, Source = LimitSource.Process },
            _ => Usage,
        };

        // Its numbers are those of the snapshot, so only its source is kept.
        init => _judgement = _judgement with { Governing = value.Source };
    }

    /// <summary>
    /// When memory reaches the nearer of its limits if it goes on growing as it does: by the last seconds while it climbs fast, otherwise by
    /// steady growth over minutes, hours or days. It is <see langword="null"/> unless the growth is significant and would reach the limit in less
    /// than 30 days. An explicit snapshot has that of the last regular reading.
    /// </summary>
    public TimeToLimit? TimeToLimit
    {
        get => _timeToLimit;
        init => _timeToLimit = value;
    }

    /// <summary>Memory of this process.</summary>
    public ProcessReading Process { get; init; }

    /// <summary>
    /// Peak resident memory since the previous tick, in bytes. It includes the readings at operation starts, operation ends and marks in
    /// between, so it shows a spike that lasts less than a tick. For an explicit snapshot it is the resident memory itself.
    /// </summary>
    public long? PeakResidentBytes { get; init; }

    /// <summary>The .NET heap.</summary>
    public ManagedReading Managed { get; init; }

    /// <summary>Memory of the container; all values are <see langword="null"/> if there is no container.</summary>
    public ContainerReading Container { get; init; }

    /// <summary>Memory of the whole machine.</summary>
    public MachineReading Machine { get; init; }

    /// <summary>The application's metrics, followed by threads and open files.</summary>
    public MetricValues Metrics { get; init; } = MetricValues.Empty;

    /// <summary>The parts of resident memory.</summary>
    public MemorySplit Split => MemorySplit.Of(Process, Managed);

    /// <summary>
    /// Memory that the container uses outside of this process: child processes, files in tmpfs, kernel memory. It is the container's used
    /// memory minus this process's anonymous and shared memory, at least 0. Unknown shared memory counts as 0. It is <see langword="null"/> if
    /// the used memory of the container is unknown or only a bound, or if the anonymous memory is unknown.
    /// </summary>
    public long? RestOfContainerBytes =>
        Container.UsedPrecision == UsagePrecision.Exact
        && Container.UsedBytes - Process.AnonymousBytes - (Process.SharedBytes ?? 0) is { } rest
            ? Math.Max(0, rest)
            : null;

    /// <summary>
    /// The other processes in this process's own cgroup. Read only in a container with a limit: while memory is in a zone worse than healthy, every 10
    /// s and when the zone becomes worse, and if an alert is about growth most of which is outside of this process. <see langword="null"/> if it was
    /// not read within the last 10 s.
    /// </summary>
    public ContainerProcesses? ContainerProcesses
    {
        get => _containerProcesses;
        init => _containerProcesses = value;
    }

    /// <summary>
    /// What the C library says of the native heap. It is read once a minute while native memory is at least 32 MB and the zone is not critical or
    /// worse. <see langword="null"/> if the C library has no such numbers (only glibc has), if the last reading is older than 10 minutes or from
    /// before a relief step, and if native memory is now less than the bytes that were free.
    /// </summary>
    public NativeHeapReading? NativeHeap { get; init; }

    /// <summary>The numbers that could not be read, and for which another number stands in.</summary>
    [JsonIgnore]
    internal ReadingGaps Gaps { get; init; }

    /// <summary>The last <see cref="OutOfMemoryException"/> that was thrown; <see langword="null"/> if none has been.</summary>
    [JsonIgnore]
    internal OutOfMemoryEvent? OutOfMemory { get; init; }

    /// <summary>The higher of resident memory and its peak since the previous tick.</summary>
    [JsonIgnore]
    internal long? HighestResidentBytes =>
        Process.ResidentBytes is { } resident ? Math.Max(resident, PeakResidentBytes ?? 0) : PeakResidentBytes;

    /// <summary>
    /// Returns one line with the main numbers, such as <c>Healthy: 171.8 MB of 512 MB used (33.6%), resident 171.8 MB</c>.
    /// <see cref="MemoryDescriptions.Describe(MemorySnapshot)"/> returns the form that the log shows.
    /// </summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Zone}: {Usage}, resident {MemoryText.Megabytes(Process.ResidentBytes)}");

    /// <summary>The zone of each limit, from which the next snapshot is judged.</summary>
    [JsonIgnore]
    internal ZoneJudgement Judgement => _judgement;

    /// <summary>Sets the judgement. Only the code that took the snapshot calls it, before any other code sees the snapshot.</summary>
    internal MemorySnapshot Judged(in ZoneJudgement judgement, TimeToLimit? timeToLimit = null)
    {
        (_judgement, _timeToLimit) = (judgement, timeToLimit);
        return this;
    }

    /// <summary>Adds the other processes. Only the code that took the snapshot calls it, before the snapshot is reported.</summary>
    internal void Add(ContainerProcesses? processes) => _containerProcesses = processes;

    /// <summary>Copies the snapshot without its context.</summary>
    internal MemorySnapshot WithoutContext()
    {
        var copy = (MemorySnapshot)MemberwiseClone();
        copy._context = default;
        return copy;
    }

    /// <summary>Copies the numbers to a snapshot with another trigger and operation.</summary>
    internal MemorySnapshot As(SnapshotTrigger trigger, string operation)
    {
        var copy = (MemorySnapshot)MemberwiseClone();
        (copy._trigger, copy._operation) = (trigger, operation);
        return copy;
    }
}
