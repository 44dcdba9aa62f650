namespace MemoryWatch.Tool.Live;

/// <summary>The last line of JSON: what was seen, and how the process ended; null if it runs.</summary>
internal sealed record LiveEnd(
    EndKind? End, string? EndReason, long Readings, double Seconds, long? LeastResidentBytes, long? MostResidentBytes, MemoryZone WorstZone,
    LeakAssessment Leak)
{
    public string Kind { get; init; } = "summary";
}
