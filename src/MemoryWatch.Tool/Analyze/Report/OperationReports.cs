namespace MemoryWatch.Tool.Analyze;

/// <summary>The operations of a log, those that allocated most first.</summary>
internal static class OperationReports
{
    public static IReadOnlyList<OperationReport> Of(IEnumerable<OperationTotal> totals) =>
    [
        .. totals.OrderByDescending(total => total.AllocatedBytes).ThenByDescending(total => total.Started).ThenBy(total => total.Name, StringComparer.Ordinal)
            .Select(Report),
    ];

    public static OperationReport? Of(OperationTotal others) => others.Started + others.DurationCount == 0 ? null : Report(others);

    private static OperationReport Report(OperationTotal total) => new()
    {
        Name = total.Name,
        Started = total.Started,
        Completed = total.Completed,
        Failed = total.Failed,
        Cancelled = total.Cancelled,
        AllocatedBytes = total.AllocatedCount > 0 ? total.AllocatedBytes : null,
        MostAllocatedBytes = total.AllocatedCount > 0 ? total.MostAllocatedBytes : null,
        MeanSeconds = total.DurationCount > 0 ? total.TotalDuration.TotalSeconds / total.DurationCount : null,
        LongestSeconds = total.DurationCount > 0 ? total.LongestDuration.TotalSeconds : null,
        ChangeBytes = total.ChangeCount > 0 ? total.ChangeBytes : null,
        AloneChangeBytes = total.AloneCount > 0 ? total.AloneChangeBytes : null,
        AloneCount = total.AloneCount,
    };
}
