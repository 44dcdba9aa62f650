using System.Globalization;

namespace MemoryWatch.Tell;

/// <summary>What a verdict on a run rests on, a sentence for each piece of evidence.</summary>
internal static class EvidenceText
{
    public static string Of(RunEvidence evidence) => evidence.Kind switch
    {
        RunEvidenceKind.OwnMark => "it said so itself",
        RunEvidenceKind.LastUsage => LastUsage(evidence),
        RunEvidenceKind.GroupKills when evidence.CountNow > evidence.CountBefore => Text(
            $"same boot and memory group, whose own count of kills rose from {evidence.CountBefore} to {evidence.CountNow}"),
        RunEvidenceKind.GroupKills => Text(
            $"same boot and memory group, whose own count of kills is still {evidence.CountNow}: the kernel did not kill it for want of memory"),
        RunEvidenceKind.MachineKills when evidence.CountNow > evidence.CountBefore => Text(
            $"the machine's count of kills, all containers', rose from {evidence.CountBefore} to {evidence.CountNow} within {InFlightText.Age(evidence.Gap ?? default)}"),
        RunEvidenceKind.MachineKills => Text(
            $"the machine's count of kills, all containers', is still {evidence.CountNow}: the kernel killed nothing for want of memory"),
        RunEvidenceKind.HeapNearLimit =>
            $"the heap had {MemoryText.Megabytes(evidence.UsedBytes)} of the {MemoryText.Limit(evidence.LimitBytes)} that are the GC's own limit: it may have run out of that",
        RunEvidenceKind.OutOfMemory => Text(
            $"the runtime had no memory left: {evidence.CountNow} exceptions of that kind, the last one just before the end"),
        RunEvidenceKind.OtherBoot =>
            "the machine was restarted since, or this is another: what its disk kept may be older than the end",
        RunEvidenceKind.BootUnknown => "the system does not tell whether it was restarted since",
        _ => "the system does not count kills, or not where this process can see it",
    };

    private static string LastUsage(RunEvidence evidence)
    {
        var numbers = $"last seen with {MemoryText.Megabytes(evidence.UsedBytes)} of {MemoryText.Limit(evidence.LimitBytes)} used";
        return evidence switch
        {
            { Zone: { } zone } => $"{numbers}, in the zone {zone}",
            { BytesPerSecond: { } pace } => $"{numbers}, growing by {MemoryText.Megabytes(pace)} a second",
            _ => numbers,
        };
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
