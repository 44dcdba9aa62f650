using System.Globalization;
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

    /// <summary>The occupied GC heap had reached 95 % of the GC's own limit, or would have reached it within 2 s at its last growth rate.</summary>
    HeapNearLimit,

    /// <summary>An <see cref="OutOfMemoryException"/> was thrown, and the run recorded nothing that is more than about 1 s newer.</summary>
    OutOfMemory,

    /// <summary>The machine was restarted since the run, or this is another machine.</summary>
    OtherBoot,

    /// <summary>The system does not report whether it was restarted since the run.</summary>
    BootUnknown,

    /// <summary>The system does not count OOM kills, or this process cannot read the count.</summary>
    NotCounted,

    /// <summary>
    /// How many other processes shared the run's cgroup: the most that its readings found. The kernel may have killed one of them.
    /// </summary>
    OtherProcesses,

    /// <summary>The kernel's log names the process that it OOM-killed: the run, or only others.</summary>
    KernelLog,

    /// <summary>The run went on after an <see cref="OutOfMemoryException"/>, so that exception did not end it.</summary>
    SurvivedOutOfMemory,
}

/// <summary>A piece of evidence for the verdict on a run, as numbers. A number that does not belong to the kind is <see langword="null"/>.</summary>
/// <example>
/// <code>
/// foreach (RunEvidence evidence in watch.PreviousRun?.Evidence ?? [])
/// {
///     Console.WriteLine(evidence.Kind == RunEvidenceKind.GroupKills ? $"The kernel counted it: {evidence.Describe()}" : evidence.Describe());
/// }
/// </code>
/// </example>
public sealed class RunEvidence
{
    /// <summary>The kind of the evidence.</summary>
    public required RunEvidenceKind Kind { get; init; }

    /// <summary>The OOM-kill count that the run last saw.</summary>
    public long? CountBefore { get; init; }

    /// <summary>
    /// The OOM-kill count at this start. For <see cref="RunEvidenceKind.OutOfMemory"/> and
    /// <see cref="RunEvidenceKind.SurvivedOutOfMemory"/> it is the number of <see cref="OutOfMemoryException"/>s in the run, for
    /// <see cref="RunEvidenceKind.OtherProcesses"/> the number of other processes. For <see cref="RunEvidenceKind.KernelLog"/> it is the
    /// number of kills around the run's end if all of them were of other processes; <see langword="null"/> if the run itself was killed.
    /// </summary>
    public long? CountNow { get; init; }

    /// <summary>
    /// Time from the last record of the run to this start, for <see cref="RunEvidenceKind.MachineKills"/>; from its last numbers to this start,
    /// for <see cref="RunEvidenceKind.OtherProcesses"/>; from the last exception to the last record, for
    /// <see cref="RunEvidenceKind.SurvivedOutOfMemory"/>.
    /// </summary>
    public TimeSpan? Gap { get; init; }

    /// <summary>
    /// Used memory when the run was last seen, in bytes. For <see cref="RunEvidenceKind.HeapNearLimit"/> it is the size of the GC heap.
    /// </summary>
    public long? UsedBytes { get; init; }

    /// <summary>Whether <see cref="UsedBytes"/> is exact or a lower bound.</summary>
    public UsagePrecision Precision { get; init; }

    /// <summary>Id of the process that the kernel's log names, for <see cref="RunEvidenceKind.KernelLog"/>: the last one if there are several.</summary>
    public int? ProcessId { get; init; }

    /// <summary>Name of that process; safe to print.</summary>
    public string? ProcessName { get; init; }

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
        ProcessId is { } process ? string.Create(CultureInfo.InvariantCulture, $"{ProcessName} ({process})") : null,
        UsedBytes is null ? null : $"{MemoryText.Bound(Precision)}{MemoryText.Megabytes(UsedBytes)} of {MemoryText.Limit(LimitBytes)}",
        Zone?.ToString(),
        BytesPerSecond is null ? null : $"{MemoryText.Change(BytesPerSecond)}/s",
    }.Where(part => part is not null));
}
