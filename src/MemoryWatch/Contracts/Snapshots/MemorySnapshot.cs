using MemoryWatch.Tell;

namespace MemoryWatch;

/// <summary>
/// What the machine and the application said at one moment. An immutable value, some hundred bytes in size: pass
/// it by <see langword="in"/>. Sizes are bytes; a number that could not be read is absent, never 0.
/// </summary>
public readonly struct MemorySnapshot
{
    /// <summary>When it was taken (UTC).</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>Why it was taken.</summary>
    public SnapshotTrigger Trigger { get; init; }

    /// <summary>The operation that it was taken for; empty for the watch's own readings.</summary>
    public string Operation { get => field ?? string.Empty; init; }

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
    public MetricValues Metrics { get; init; }

    /// <summary>What resident memory consists of.</summary>
    public MemorySplit Split => MemorySplit.Of(Process, Managed);

    /// <summary>
    /// What the container uses beside this process: child processes, files in tmpfs, kernel memory. Its used memory less this
    /// process's anonymous and shared memory, at least 0; absent where any of them is.
    /// </summary>
    public long? RestOfContainerBytes =>
        Container.UsedBytes - Process.AnonymousBytes - (Process.SharedBytes ?? 0) is { } rest ? Math.Max(0, rest) : null;

    /// <summary>
    /// The text form that people search logs for: <c>📊 MEMORY SNAPSHOT | Operation: …</c> and a line each for
    /// memory, limit, metrics and context. Lines are separated by <c>\n</c>; numbers are written the same in every culture.
    /// </summary>
    public override string ToString() => SnapshotText.Format(this);
}
