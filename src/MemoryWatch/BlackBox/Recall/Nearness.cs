namespace MemoryWatch.BlackBox.Recall;

/// <summary>How near its limits a run was when it was last seen.</summary>
/// <param name="IsNear">Whether it was near the limit that kills, by the lower bound of used memory.</param>
/// <param name="IsReachable">Whether a burst after the last record could have reached that limit.</param>
/// <param name="Usage">The numbers; <see langword="null"/> if they are unknown.</param>
internal readonly record struct Nearness(bool IsNear, bool IsReachable, RunEvidence? Usage)
{
    /// <summary>A run counts as about to cross its limit if it would have reached the limit within this time at its last pace.</summary>
    private const double AboutToSeconds = 2;

    /// <summary>Thresholds may be set to anything: below this part of the limit, no zone is near it.</summary>
    private const double LeastPart = 0.5;

    /// <summary>A heap counts as full at or above this part of its limit, because the GC gives up before the last byte.</summary>
    private const double FullHeap = 0.95;

    /// <summary>More than this, hardly any process fills in the second or two between two records.</summary>
    private const long MostInABurst = 2L << 30;

    public static Nearness Of(RunRecording recording)
    {
        if (recording.LastSample is not { } last || last.Snapshot.Usage is not { LeastUsedBytes: { } used, LimitBytes: { } limit } usage)
        {
            return default;
        }

        // Entries after the sample show how resident memory changed next; nothing else can have changed as fast.
        var resident = last.Snapshot.Process.ResidentBytes;
        var grown = recording.Entries.Where(entry => entry.Sequence > last.Sequence).Max(entry => entry.ResidentBytes - resident) ?? 0;
        var latest = used + Math.Max(0, grown);

        // The throttling limit does not kill, and a zone that the process alone is in says nothing about a limit.
        var kills = usage.Source != LimitSource.Throttling;
        var isTight = kills && last.LeastZone >= MemoryZone.Critical && last.Snapshot.Governing.Source != LimitSource.Process
            && latest >= limit * LeastPart;
        var pace = recording.Trend.UsedPace;
        var isCrossing = kills && !isTight && latest + pace * AboutToSeconds >= limit;
        return new(isTight || isCrossing, kills && limit - latest <= MostInABurst, new()
        {
            Kind = RunEvidenceKind.LastUsage,
            UsedBytes = latest,
            Precision = usage.Precision == UsagePrecision.Exact ? UsagePrecision.Exact : UsagePrecision.AtLeast,
            LimitBytes = limit,
            Zone = isTight ? last.LeastZone : null,
            BytesPerSecond = isCrossing ? (long)pace : null,
        });
    }

    /// <summary>
    /// Evidence of a full heap: if the runtime cannot allocate memory that it needs itself, it ends the process without a mark.
    /// <see langword="null"/> if the heap was not full or the GC enforces no limit.
    /// </summary>
    public static RunEvidence? OfHeap(RunRecording recording) =>
        recording.LastSample?.Snapshot.HeapUsage is { UsedBytes: { } heap, LimitBytes: { } limit }
            && heap + recording.Trend.HeapPace * AboutToSeconds >= limit * FullHeap
            ? new() { Kind = RunEvidenceKind.HeapNearLimit, UsedBytes = heap, LimitBytes = limit }
            : null;
}
