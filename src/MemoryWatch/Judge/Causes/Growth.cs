using MemoryWatch.Track;

namespace MemoryWatch.Judge;

/// <summary>Growth of memory from one reading to another.</summary>
/// <param name="Then">The reading at which the growth began.</param>
/// <param name="Now">The last reading.</param>
/// <param name="TopBytes">Highest resident memory in between, in bytes.</param>
/// <param name="Span">Time since the growth began.</param>
internal readonly record struct Growth(MemoryParts Then, MemoryParts Now, long TopBytes, TimeSpan Span)
{
    /// <summary>Maximum number of operations that are named.</summary>
    public const int Named = 5;

    /// <summary>Minimum growth that gets a cause, in bytes.</summary>
    public const long LeastRiseBytes = 1 << 20;

    // An operation is named if it has at least this share of all allocated bytes, and at least 0.1 MB.
    private const double LeastShare = 0.01;
    private const long LeastNamedBytes = (1 << 20) / 10;

    // The growth begins at the last reading that has nearly all of the growth after it.
    private const double StillToCome = 0.95;

    public long RiseBytes => TopBytes - Then.ResidentBytes;

    /// <summary>Bytes that the process allocated between the readings.</summary>
    private long? AllocatedBytes => Now.AllocatedBytes - Then.AllocatedBytes;

    /// <summary>Finds the reading at which growth began.</summary>
    /// <param name="residentBytes">Resident memory at each reading, in bytes, the last reading first.</param>
    /// <param name="topBytes">The resident memory that it grew to, in bytes.</param>
    /// <returns>Index of the reading; -1 if there is none.</returns>
    public static int FindBegin(ReadOnlySpan<long> residentBytes, long topBytes)
    {
        var lowest = long.MaxValue;
        foreach (var bytes in residentBytes)
        {
            lowest = Math.Min(lowest, bytes);
        }

        for (var place = 0; place < residentBytes.Length; place++)
        {
            if (topBytes - residentBytes[place] >= (topBytes - lowest) * StillToCome)
            {
                return place;
            }
        }

        return -1;
    }

    /// <summary>An entry for an operation that was in flight, without amounts.</summary>
    public static MemoryCauseOperation InFlight(long id, string name, OperationContext context, bool isRunning) =>
        new() { OperationId = id, Name = name, Context = context, Count = 1, IsRunning = isRunning };

    /// <param name="operations">
    /// What operations allocated and charged between the readings, in any order; <see langword="null"/> if allocations are not tracked.
    /// </param>
    /// <param name="inFlight">The operations in flight, the last started first, at most <see cref="Named"/>.</param>
    /// <param name="inFlightCount">Number of operations that were in flight.</param>
    public MemoryCause Explain(IEnumerable<MemoryCauseOperation>? operations, IReadOnlyList<MemoryCauseOperation> inFlight, long inFlightCount)
    {
        var ranked = Rank(operations ?? []);
        MemoryCauseOperation[] named = [.. ranked.Where(IsWorthNaming).Take(Named)];
        var others = ranked.Except(named).ToList();
        return new()
        {
            Window = Span,
            RiseBytes = RiseBytes,
            ResidentChangeBytes = Now.ResidentBytes - Then.ResidentBytes,
            ManagedChangeBytes = Now.ManagedBytes - Then.ManagedBytes,
            NativeChangeBytes = Now.NativeBytes - Then.NativeBytes,
            SharedChangeBytes = Now.SharedBytes - Then.SharedBytes,
            FileBackedChangeBytes = Now.FileBackedBytes - Then.FileBackedBytes,
            AllocatedBytes = AllocatedBytes,
            Operations = named,
            OtherAllocatedBytes = others.SumBytes(o => o.AllocatedBytes),
            OtherChargedBytes = others.SumBytes(o => o.ChargedBytes),
            UnattributedBytes = operations is not null && AllocatedBytes is { } all
                ? Math.Max(0, all - ranked.SumBytes(o => o.AllocatedBytes))
                : null,
            InFlight = inFlight,
            InFlightCount = inFlightCount,
        };
    }

    /// <summary>
    /// Ranks operations by amount, the largest first. Each is limited to the whole process's allocations because it may have been counted later.
    /// </summary>
    private List<MemoryCauseOperation> Rank(IEnumerable<MemoryCauseOperation> operations)
    {
        var most = AllocatedBytes ?? long.MaxValue;
        var all = operations.ToList();
        var whole = Math.Max(AllocatedBytes ?? 0, all.SumBytes(o => Math.Min(o.AllocatedBytes, most)));
        all = all.ConvertAll(o => Share(o, Math.Min(o.AllocatedBytes, most), whole));
        all.Sort(static (a, b) => (b.AllocatedBytes + b.ChargedBytes).CompareTo(a.AllocatedBytes + a.ChargedBytes));
        return all;
    }

    private static bool IsWorthNaming(MemoryCauseOperation operation) =>
        operation.AllocatedBytes + operation.ChargedBytes >= LeastNamedBytes
        && (operation.Share >= LeastShare || operation.ChargedBytes >= OperationHandover.LeastBytes);

    private static MemoryCauseOperation Share(MemoryCauseOperation operation, long allocated, long whole) => new()
    {
        Name = operation.Name,
        Context = operation.Context,
        OperationId = operation.OperationId,
        Count = operation.Count,
        AllocatedBytes = allocated,
        ChargedBytes = operation.ChargedBytes,
        Share = whole == 0 ? 0 : (double)allocated / whole,
        IsRunning = operation.IsRunning,
    };
}
