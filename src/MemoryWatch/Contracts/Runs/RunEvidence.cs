using System.Text.Json.Serialization;

namespace MemoryWatch;

/// <summary>The kind of a piece of evidence about the end of a run.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RunEvidenceKind>))]
public enum RunEvidenceKind
{
    /// <summary>Unknown: the default value.</summary>
    Unknown,

    /// <summary>The run itself recorded how it ended.</summary>
    OwnMark,

    /// <summary>How near its limit the run was when it was last seen.</summary>
    LastUsage,

    /// <summary>The OOM-kill count of the run's own cgroup, compared in the same boot and the same cgroup.</summary>
    GroupKills,

    /// <summary>The machine's OOM-kill count, which includes kills in all containers.</summary>
    MachineKills,

    /// <summary>The GC heap had reached 95 % of the GC's own limit, or would have reached it within 2 s at its last growth rate.</summary>
    HeapNearLimit,

    /// <summary>An <see cref="OutOfMemoryException"/> was thrown within the last 10 s before the last record.</summary>
    OutOfMemory,

    /// <summary>The machine was restarted since the run, or this is another machine.</summary>
    OtherBoot,

    /// <summary>The system does not report whether it was restarted since the run.</summary>
    BootUnknown,

    /// <summary>The system does not count OOM kills, or this process cannot read the count.</summary>
    NotCounted,

    /// <summary>Whether other processes shared the run's cgroup when it was last seen.</summary>
    OtherProcesses,

    /// <summary>The kernel's log names the process that it OOM-killed.</summary>
    KernelLog,

    /// <summary>The run went on after an <see cref="OutOfMemoryException"/>, so that exception did not end it.</summary>
    SurvivedOutOfMemory,
}

/// <summary>A piece of evidence for the verdict on a run, as numbers. A number that does not belong to the kind is <see langword="null"/>.</summary>
public sealed class RunEvidence
{
    /// <summary>The kind of the evidence.</summary>
    public required RunEvidenceKind Kind { get; init; }

    /// <summary>The OOM-kill count that the run last saw.</summary>
    public long? CountBefore { get; init; }

    /// <summary>
    /// The OOM-kill count at this start. For <see cref="RunEvidenceKind.OutOfMemory"/> it is the number of <see cref="OutOfMemoryException"/>s
    /// in the run.
    /// </summary>
    public long? CountNow { get; init; }

    /// <summary>Time from the last record of the run to this start, for <see cref="RunEvidenceKind.MachineKills"/>.</summary>
    public TimeSpan? Gap { get; init; }

    /// <summary>
    /// Used memory when the run was last seen, in bytes. For <see cref="RunEvidenceKind.HeapNearLimit"/> it is the size of the GC heap.
    /// </summary>
    public long? UsedBytes { get; init; }

    /// <summary>The limit, in bytes. For <see cref="RunEvidenceKind.HeapNearLimit"/> it is the GC's own limit.</summary>
    public long? LimitBytes { get; init; }

    /// <summary>
    /// The zone in which the run was last seen, if the run counts as near its limit because of the zone; otherwise <see langword="null"/>.
    /// </summary>
    public MemoryZone? Zone { get; init; }

    /// <summary>
    /// The growth rate of used memory in bytes per second, if the run counts as near its limit because of the rate; otherwise
    /// <see langword="null"/>.
    /// </summary>
    public long? BytesPerSecond { get; init; }

    /// <summary>Returns one line with the numbers, such as <c>GroupKills 0 -> 1</c> or <c>LastUsage 101.7 MB of 128 MB</c>.</summary>
    public override string ToString() => string.Join(' ', new[]
    {
        Kind.ToString(),
        CountBefore is { } before && CountNow is { } now ? $"{MemoryText.Count(before)} -> {MemoryText.Count(now)}"
            : CountNow is { } count ? MemoryText.Count(count) : null,
        UsedBytes is null ? null : $"{MemoryText.Megabytes(UsedBytes)} of {MemoryText.Limit(LimitBytes)}",
        Zone?.ToString(),
        BytesPerSecond is null ? null : $"{MemoryText.Change(BytesPerSecond)}/s",
    }.Where(part => part is not null));
}
