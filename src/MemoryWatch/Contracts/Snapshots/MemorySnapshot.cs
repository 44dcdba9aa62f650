using System.Globalization;
using System.Text.Json.Serialization;

namespace MemoryWatch;

/// <summary>
/// The numbers of the machine and the application at one moment, and the zone of memory. The watch reads it, judges it, acts on it and reports
/// it. A snapshot is immutable: you can keep it and use it on any thread. Sizes are in bytes; a number that could not be read is
/// <see langword="null"/>, never 0. It serializes to JSON with metrics by name, enums as text, and unknown numbers as null.
/// </summary>
public sealed class MemorySnapshot
{
    private MemoryZone _zone;
    private SnapshotTrigger _trigger;
    private string _operation = string.Empty;

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
        get => _zone;
        init => _zone = value;
    }

    /// <summary>The name of the explicit snapshot or of the periodic check; empty for the watch's regular readings.</summary>
    public string Operation
    {
        get => _operation;
        init => _operation = value ?? string.Empty;
    }

    /// <summary>The context of the explicit snapshot; often empty.</summary>
    public OperationContext Context { get; init; }

    /// <summary>The used memory and the governing limit. Zones and thresholds are judged by this pair.</summary>
    public MemoryUsage Usage { get; init; }

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
    /// the used memory of the container or the anonymous memory is unknown.
    /// </summary>
    public long? RestOfContainerBytes =>
        Container.UsedBytes - Process.AnonymousBytes - (Process.SharedBytes ?? 0) is { } rest ? Math.Max(0, rest) : null;

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

    /// <summary>Sets the judged zone. Only the code that took the snapshot calls it, before any other code sees the snapshot.</summary>
    internal MemorySnapshot Judged(MemoryZone zone)
    {
        _zone = zone;
        return this;
    }

    /// <summary>Copies the numbers to a snapshot with another trigger and operation.</summary>
    internal MemorySnapshot As(SnapshotTrigger trigger, string operation)
    {
        var copy = (MemorySnapshot)MemberwiseClone();
        (copy._trigger, copy._operation) = (trigger, operation);
        return copy;
    }
}
