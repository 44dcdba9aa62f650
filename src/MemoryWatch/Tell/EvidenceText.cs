using System.Globalization;

namespace MemoryWatch.Tell;

/// <summary>The sentence for each piece of evidence that a verdict on a run rests on.</summary>
internal static class EvidenceText
{
    public static string Of(RunEvidence evidence) => evidence.Kind switch
    {
        RunEvidenceKind.OwnMark => "the run recorded this exception itself",
        RunEvidenceKind.LastUsage => LastUsage(evidence),
        RunEvidenceKind.GroupKills when evidence.CountNow > evidence.CountBefore => Text(
            $"this cgroup's OOM-kill count rose from {evidence.CountBefore} to {evidence.CountNow} (same boot, same cgroup)"),
        RunEvidenceKind.GroupKills => Text(
            $"this cgroup's OOM-kill count is still {evidence.CountNow} (same boot, same cgroup): the kernel did not OOM-kill it"),
        RunEvidenceKind.MachineKills when evidence.CountNow > evidence.CountBefore => Text(
            $"the machine's OOM-kill count (all containers) rose from {evidence.CountBefore} to {evidence.CountNow} in the {InFlightText.Age(evidence.Gap ?? default)} between the last record and this start"),
        RunEvidenceKind.MachineKills => Text(
            $"the machine's OOM-kill count (all containers) is still {evidence.CountNow}: the kernel OOM-killed nothing"),
        RunEvidenceKind.HeapNearLimit =>
            $"the GC heap was at {MemoryText.Megabytes(evidence.UsedBytes)} of its {MemoryText.Limit(evidence.LimitBytes)} limit and may have run out",
        RunEvidenceKind.OutOfMemory => Text(
            $"the runtime ran out of memory: {evidence.CountNow} OutOfMemoryExceptions, the last one just before the end"),
        RunEvidenceKind.SurvivedOutOfMemory => Text(
            $"{Count(evidence.CountNow, "OutOfMemoryException was", "OutOfMemoryExceptions were")} thrown and survived, the last one {InFlightText.Age(evidence.Gap ?? default)} before the end"),
        RunEvidenceKind.OtherProcesses when evidence.CountNow > 0 => Text(
            $"{Count(evidence.CountNow, "other process was", "other processes were")} in the cgroup: either one of them was killed and this run ended otherwise, or this run grew in the {InFlightText.Age(evidence.Gap ?? default)} between its last numbers and this start"),
        RunEvidenceKind.OtherProcesses => "no other process was seen in the cgroup",
        RunEvidenceKind.KernelLog when evidence.CountNow is null => Text(
            $"the kernel's log names this run's process: {evidence.ProcessName} ({evidence.ProcessId}) was OOM-killed"),
        RunEvidenceKind.KernelLog => Text(
            $"the kernel's log names {Count(evidence.CountNow, "OOM kill", "OOM kills")} around its end, none of this run: {evidence.ProcessName} ({evidence.ProcessId}) was killed{(evidence.CountNow > 1 ? " last" : string.Empty)}"),
        RunEvidenceKind.OtherBoot =>
            "the machine was restarted since, or this is another machine: the last records may be missing",
        RunEvidenceKind.BootUnknown => "the system does not say whether it was restarted since",
        _ => "the system does not count OOM kills, or this process cannot see the count",
    };

    private static string LastUsage(RunEvidence evidence)
    {
        var numbers = $"last seen with {MemoryText.Bound(evidence.Precision)}{MemoryText.Megabytes(evidence.UsedBytes)} of {MemoryText.Limit(evidence.LimitBytes)} used";
        return evidence switch
        {
            { Zone: { } zone } => $"{numbers}, in the zone {zone}",
            { BytesPerSecond: { } pace } => $"{numbers}, growing by {MemoryText.Megabytes(pace)} a second",
            _ => numbers,
        };
    }

    private static string Count(long? count, string one, string several) => Text($"{count} {(count == 1 ? one : several)}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
