namespace MemoryWatch.Testing;

/// <summary>The totals of the recorded operations that have ended.</summary>
internal static class FakeTotals
{
    /// <summary>One row for each name, sorted by what was charged with nested operations, the largest first.</summary>
    public static IReadOnlyList<OperationTotals> Of(IEnumerable<FakeOperation> operations) =>
    [
        .. operations.Where(o => !o.IsInFlight).GroupBy(o => o.Name, StringComparer.Ordinal).Select(Of)
            .OrderByDescending(t => t.ChargedTotalBytes).ThenBy(t => t.Name, StringComparer.Ordinal),
    ];

    private static OperationTotals Of(IGrouping<string, FakeOperation> group)
    {
        var durations = group.Select(o => o.Duration).Order().ToList();
        return new()
        {
            Name = group.Key,
            Count = durations.Count,
            Failures = group.Count(o => o.Outcome == OperationOutcome.Failed),
            Cancellations = group.Count(o => o.Outcome == OperationOutcome.Cancelled),
            DurationP50 = AtPart(durations, 0.50),
            DurationP95 = AtPart(durations, 0.95),
            DurationMax = durations[^1],
            ChargedTotalBytes = group.Sum(o => o.Allocation.ChargedBytes),
        };
    }

    private static TimeSpan AtPart(List<TimeSpan> sorted, double part) => sorted[(int)Math.Ceiling(sorted.Count * part) - 1];
}
