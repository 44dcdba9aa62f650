namespace MemoryWatch.Hosting;

/// <summary>Estimates what an operation needs from the ended ones of its name. Thread-safe.</summary>
/// <remarks>
/// What an operation holds at a time is not measured. It is at most what it allocated, and what is charged to it: 95 % of its name allocated no more
/// than <see cref="OperationTotals.AllocatedP95Bytes"/>. One that streams allocates much more than it holds. Then the largest growth of the process
/// during any of them is nearer: if one held more than what was free in the heap, memory grew by that. In a heap with much free memory it shows
/// nothing, so it counts for no less than the default lease.
/// </remarks>
internal sealed class OperationNeeds(IMemoryWatch watch, Func<MemoryWatchOptions> options, TimeProvider time)
{
    /// <summary>So many operations of a name must have ended before a 95th percentile says anything.</summary>
    public const int LeastEnded = 20;

    private const long LeastBytes = 1 << 20;

    // The totals are a copy of all names, and a percentile moves slowly.
    private static readonly TimeSpan ReadEvery = TimeSpan.FromSeconds(1);

    private volatile Totals? _totals;

    /// <summary>Bytes that an operation of this name needs; whole megabytes, at least one.</summary>
    public long Of(string operation)
    {
        var standard = options().Headroom.DefaultLease.Bytes;
        var need = Read().TryGetValue(operation, out var totals) && Estimate(totals, standard) is { } known ? known : standard;
        return Math.Max(LeastBytes, (need + LeastBytes - 1) / LeastBytes * LeastBytes);
    }

    /// <summary>The need by the totals of a name; <see langword="null"/> if too few have ended, or allocations are not tracked.</summary>
    internal static long? Estimate(in OperationTotals totals, long standard)
    {
        if (totals.Count < LeastEnded || totals.AllocatedP95Bytes is not { } allocated)
        {
            return null;
        }

        var most = allocated + ((totals.ChargedTotalBytes ?? 0) / totals.Count);
        return totals.ChangeMaxBytes is { } change ? Math.Min(most, Math.Max(change, standard)) : most;
    }

    private Dictionary<string, OperationTotals> Read()
    {
        if (_totals is { } totals && time.GetElapsedTime(totals.ReadAt) < ReadEvery)
        {
            return totals.ByName;
        }

        Dictionary<string, OperationTotals> byName;
        try
        {
            byName = watch.TotalsByName.ToDictionary(t => t.Name, StringComparer.Ordinal);
        }
        catch (Exception)
        {
            // A watch of the application's own may throw; nothing is known then.
            byName = [];
        }

        _totals = new(time.GetTimestamp(), byName);
        return byName;
    }

    private sealed record Totals(long ReadAt, Dictionary<string, OperationTotals> ByName);
}
