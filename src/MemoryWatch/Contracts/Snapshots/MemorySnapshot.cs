using System.Globalization;
using System.Text.Json.Serialization;

namespace MemoryWatch;

/// <summary>
/// What the machine and the application said at one moment, and the zone that memory was in: the value that the watch reads, judges, acts
/// upon and tells of. Immutable, so it can be kept and handed to any thread. Sizes are bytes; a number that could not be read is absent,
/// never 0. It serialises to JSON with metrics by name, enums as text, and absent numbers as null.
/// </summary>
public sealed class MemorySnapshot
{
    private MemoryZone _zone;
    private SnapshotTrigger _trigger;
    private string _operation = string.Empty;

    /// <summary>A snapshot with no number in it: what a watch has before its first reading, and while it is switched off.</summary>
    public static MemorySnapshot Empty { get; } = new();

    /// <summary>When it was taken (UTC).</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>Why it was taken.</summary>
    public SnapshotTrigger Trigger
    {
        get => _trigger;
        init => _trigger = value;
    }

    /// <summary>
    /// How near the limit memory is. Where usage could not be read, the zone of the last reading in which it could; healthy where no limit is known.
    /// </summary>
    public MemoryZone Zone
    {
        get => _zone;
        init => _zone = value;
    }

    /// <summary>The operation that it was taken for; empty for the watch's own readings.</summary>
    public string Operation
    {
        get => _operation;
        init => _operation = value ?? string.Empty;
    }

    /// <summary>What that operation is about; often empty.</summary>
    public OperationContext Context { get; init; }

    /// <summary>What is used of which limit: the pair that zones and thresholds judge.</summary>
    public MemoryUsage Usage { get; init; }

    /// <summary>Memory of this process.</summary>
    public ProcessReading Process { get; init; }

    /// <summary>
    /// The highest resident memory seen since the snapshot before, at scope ends and marks in between included, in
    /// bytes: a spike that lives less than a tick shows here.
    /// </summary>
    public long? PeakResidentBytes { get; init; }

    /// <summary>The .NET heap.</summary>
    public ManagedReading Managed { get; init; }

    /// <summary>The container; all absent where there is none.</summary>
    public ContainerReading Container { get; init; }

    /// <summary>The whole machine.</summary>
    public MachineReading Machine { get; init; }

    /// <summary>The application's numbers, and threads and open files last.</summary>
    public MetricValues Metrics { get; init; } = MetricValues.Empty;

    /// <summary>What resident memory consists of.</summary>
    public MemorySplit Split => MemorySplit.Of(Process, Managed);

    /// <summary>
    /// What the container uses beside this process: child processes, files in tmpfs, kernel memory. Its used memory less this
    /// process's anonymous and shared memory, at least 0; absent where any of them is.
    /// </summary>
    public long? RestOfContainerBytes =>
        Container.UsedBytes - Process.AnonymousBytes - (Process.SharedBytes ?? 0) is { } rest ? Math.Max(0, rest) : null;

    /// <summary>The higher of resident memory and its peak since the snapshot before.</summary>
    [JsonIgnore]
    internal long? HighestResidentBytes =>
        Process.ResidentBytes is { } resident ? Math.Max(resident, PeakResidentBytes ?? 0) : PeakResidentBytes;

    /// <summary>
    /// One line with its main numbers: <c>Healthy: 171.8 MB of 512 MB used (33.6%), resident 171.8 MB</c>. The form that the log shows
    /// comes from <see cref="MemoryDescriptions.Describe(MemorySnapshot)"/>.
    /// </summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Zone}: {Usage}, resident {MemoryText.Megabytes(Process.ResidentBytes)}");

    /// <summary>Sets the zone that it was judged to be in: by whoever took it, before anybody else sees it.</summary>
    internal MemorySnapshot Judged(MemoryZone zone)
    {
        _zone = zone;
        return this;
    }

    /// <summary>The same numbers, shown for something else.</summary>
    internal MemorySnapshot As(SnapshotTrigger trigger, string operation)
    {
        var copy = (MemorySnapshot)MemberwiseClone();
        (copy._trigger, copy._operation) = (trigger, operation);
        return copy;
    }
}
