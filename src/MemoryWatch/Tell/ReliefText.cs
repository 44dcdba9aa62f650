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
        return new LogState(
                "🗑️ {relief} freed {freed}: {before} -> {after} in {duration}",
                $"🗑️ {outcome.Name} freed {freedText}: {beforeText} -> {afterText} in {duration}")
            .Add("relief", outcome.Name)
            .Add("freed", freedText)
            .Add("before", beforeText)
            .Add("after", afterText)
            .Add("duration", duration)
            .Add("freed_bytes", freed)
            .Add("before_bytes", before)
            .Add("after_bytes", after)
            .Add("duration_seconds", outcome.Duration.TotalSeconds);
    }

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
