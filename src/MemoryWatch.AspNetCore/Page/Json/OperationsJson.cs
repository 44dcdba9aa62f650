namespace MemoryWatch.AspNetCore.Page.Json;

/// <summary>What <c>/memory/operations</c> answers.</summary>
/// <param name="Time">Time of the answer.</param>
/// <param name="InFlightCount">Number of all operations in flight.</param>
/// <param name="InFlight">Those of them that have allocated most, the oldest first.</param>
/// <param name="ByName">The totals of ended operations for each name.</param>
internal sealed record OperationsJson(DateTimeOffset Time, int InFlightCount, InFlightJson[] InFlight, TotalsJson[] ByName)
{
    /// <summary>Maximum number of operations in flight in an answer.</summary>
    private const int Most = 100;

    public static OperationsJson Of(IMemoryWatch watch, bool showContext, DateTimeOffset now)
    {
        var all = watch.InFlight;
        IEnumerable<OperationInFlight> most = all.Count <= Most
            ? all
            : all.OrderByDescending(o => o.Allocation.AllocatedBytes + o.Allocation.ChargedBytes).Take(Most).OrderByDescending(o => o.Age);
        return new(now, all.Count, [.. most.Select(o => InFlightJson.Of(o, showContext, now))], [.. watch.TotalsByName.Select(TotalsJson.Of)]);
    }
}

/// <summary>An operation in flight. The time of its start is rounded to the second, so that it stays the same.</summary>
internal sealed record InFlightJson(
    long Id, long ParentId, string Name, string? Context, DateTimeOffset Started, long AllocatedBytes, long SelfAllocatedBytes, long ChargedBytes,
    long? StartResidentBytes)
{
    public static InFlightJson Of(in OperationInFlight operation, bool showContext, DateTimeOffset now) => new(
        operation.OperationId,
        operation.ParentId,
        operation.Name,
        ContextText.Of(operation.Context, showContext),
        DateTimeOffset.FromUnixTimeSeconds((now - operation.Age).ToUnixTimeSeconds()),
        operation.Allocation.AllocatedBytes,
        operation.Allocation.SelfAllocatedBytes,
        operation.Allocation.ChargedBytes,
        operation.StartResidentBytes);
}

/// <summary>The totals of one name. What the operations still hold is not measured, so it is <see langword="null"/>.</summary>
internal sealed record TotalsJson(
    string Name, long Count, long Failures, long Cancellations, double P50Seconds, double P95Seconds, double MaxSeconds, long? AllocatedMeanBytes,
    long? AllocatedP95Bytes, long? AllocatedTotalBytes, long? ChargedTotalBytes, long? ChangeMeanBytes, long? ChangeMaxBytes, long? RetainedBytes)
{
    public static TotalsJson Of(OperationTotals totals) => new(
        totals.Name, totals.Count, totals.Failures, totals.Cancellations, totals.DurationP50.TotalSeconds, totals.DurationP95.TotalSeconds,
        totals.DurationMax.TotalSeconds, totals.AllocatedMeanBytes, totals.AllocatedP95Bytes, totals.AllocatedTotalBytes, totals.ChargedTotalBytes,
        totals.ChangeMeanBytes, totals.ChangeMaxBytes, null);
}
