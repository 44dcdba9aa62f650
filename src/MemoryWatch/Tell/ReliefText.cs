using System.Globalization;

namespace MemoryWatch.Tell;

/// <summary>The log events about freed memory: relief steps and garbage collections.</summary>
internal static class ReliefText
{
    public static LogState State(ReliefOutcome outcome)
    {
        long? freed = outcome.FreedBytes is { } bytes ? Math.Max(0, bytes) : null;
        var (before, after) = (outcome.Before.ResidentBytes, outcome.After.ResidentBytes);
        var (freedText, beforeText, afterText) = (MemoryText.Megabytes(freed), MemoryText.Megabytes(before), MemoryText.Megabytes(after));
        var duration = MemoryText.Duration(outcome.Duration);
        var details = $" | Heap: {Change(outcome.Before.HeapBytes, outcome.After.HeapBytes)}"
            + $" | Committed: {Change(outcome.Before.CommittedBytes, outcome.After.CommittedBytes)}"
            + $" | Used: {Change(outcome.Before.UsedBytes, outcome.After.UsedBytes)}";
        return new LogState(
                "🗑️ {relief} freed {freed}: {before} -> {after} in {duration}{details}",
                $"🗑️ {outcome.Name} freed {freedText}: {beforeText} -> {afterText} in {duration}{details}")
            .Add("relief", outcome.Name)
            .Add("freed", freedText)
            .Add("before", beforeText)
            .Add("after", afterText)
            .Add("duration", duration)
            .Add("details", details)
            .Add("freed_bytes", freed)
            .Add("before_bytes", before)
            .Add("after_bytes", after)
            .Add("heap_before_bytes", outcome.Before.HeapBytes)
            .Add("heap_after_bytes", outcome.After.HeapBytes)
            .Add("live_before_bytes", outcome.Before.LiveBytes)
            .Add("live_after_bytes", outcome.After.LiveBytes)
            .Add("committed_before_bytes", outcome.Before.CommittedBytes)
            .Add("committed_after_bytes", outcome.After.CommittedBytes)
            .Add("used_before_bytes", outcome.Before.UsedBytes)
            .Add("used_after_bytes", outcome.After.UsedBytes)
            .Add("duration_seconds", outcome.Duration.TotalSeconds);
    }

    public static LogState State(ReliefPreview preview)
    {
        var zone = ZoneName(preview.Zone);
        var estimate = preview.Estimate switch
        {
            { Bytes: { } bytes, Items: { } items } =>
                string.Create(CultureInfo.InvariantCulture, $"freed at most {MemoryText.Megabytes(bytes)} and dropped {items} items"),
            { Bytes: { } bytes } => $"freed at most {MemoryText.Megabytes(bytes)}",
            { Items: { } items } => string.Create(CultureInfo.InvariantCulture, $"dropped {items} items; how much that frees is unknown"),
            _ => "freed an unknown amount",
        };
        return new LogState(
                "🗑️ Only observing: {relief} would have been called in the {zone} zone. It would have {estimate}",
                $"🗑️ Only observing: {preview.Name} would have been called in the {zone} zone. It would have {estimate}")
            .Add("relief", preview.Name)
            .Add("zone", zone)
            .Add("estimate", estimate)
            .Add("estimated_bytes", preview.Estimate?.Bytes)
            .Add("estimated_items", preview.Estimate?.Items);
    }

    /// <summary>The zone in a sentence about relief, which has no zone but that of memory.</summary>
    public static string ZoneName(MemoryZone zone) => zone switch
    {
        MemoryZone.Imminent => "imminent",
        MemoryZone.Critical => "critical",
        MemoryZone.Elevated => "elevated",
        _ => "healthy",
    };

    private static string Change(long? before, long? after) => $"{MemoryText.Megabytes(before)} -> {MemoryText.Megabytes(after)}";

    public static LogState State(CollectionReport report)
    {
        var (period, pause) = (MemoryText.Duration(report.Period), MemoryText.Duration(report.Pause));
        var (freed, allocated) = (MemoryText.Megabytes(report.FreedBytes), MemoryText.Megabytes(report.AllocatedBytes));
        return new LogState(
                "🗑️ GC report: {gen0_collections} gen 0, {gen1_collections} gen 1 and {gen2_collections} gen 2 collections in {period} | Pause: {pause} | Freed: {freed} | Allocated: {allocated}",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"🗑️ GC report: {report.Generation0} gen 0, {report.Generation1} gen 1 and {report.Generation2} gen 2 collections in {period} | Pause: {pause} | Freed: {freed} | Allocated: {allocated}"))
            .Add("gen0_collections", report.Generation0)
            .Add("gen1_collections", report.Generation1)
            .Add("gen2_collections", report.Generation2)
            .Add("period", period)
            .Add("pause", pause)
            .Add("freed", freed)
            .Add("allocated", allocated)
            .Add("period_seconds", report.Period.TotalSeconds)
            .Add("pause_seconds", report.Pause.TotalSeconds)
            .Add("freed_bytes", report.FreedBytes)
            .Add("allocated_bytes", report.AllocatedBytes);
    }
}
