using MemoryWatch.Track;

namespace MemoryWatch.Judge;

/// <summary>A growth of memory, from one reading to another.</summary>
/// <param name="Then">What was read where it began.</param>
/// <param name="Now">What was read last.</param>
/// <param name="TopBytes">The resident memory that was reached in between.</param>
/// <param name="Span">How long ago it began.</param>
internal readonly record struct Growth(MemoryParts Then, MemoryParts Now, long TopBytes, TimeSpan Span)
{
    /// <summary>How many operations are named.</summary>
    public const int Named = 5;

    /// <summary>A growth of less has no cause worth naming.</summary>
    public const long LeastRiseBytes = 1 << 20;

    // An operation is named from this part of all that was allocated on, and from 0.1 MB.
    private const double LeastShare = 0.01;
    private const long LeastNamedBytes = (1 << 20) / 10;

    // It begins where nearly all of it is still to come.
    private const double StillToCome = 0.95;

    public long RiseBytes => TopBytes - Then.ResidentBytes;

    /// <summary>What the process allocated meanwhile.</summary>
    private long? AllocatedBytes => Now.AllocatedBytes - Then.AllocatedBytes;

    /// <summary>Where in a row of readings a growth began.</summary>
    /// <param name="residentBytes">Resident memory at each reading, the last one first.</param>
    /// <param name="topBytes">What it grew to.</param>
    /// <returns>The place of the reading; -1 where there is none.</returns>
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

    /// <summary>An operation that was in flight, whatever it took.</summary>
    public static MemoryCauseOperation InFlight(long id, string name, OperationContext context, bool isRunning) =>
        new() { OperationId = id, Name = name, Context = context, Count = 1, IsRunning = isRunning };

    /// <param name="operations">What operations took meanwhile, in any order; absent where allocations are not tracked.</param>
    /// <param name="inFlight">Those that were in flight, the last started first, as many as are named.</param>
    /// <param name="inFlightCount">How many were.</param>
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

    /// <summary>By what they took, the most first; none allocated more than the whole process, though it may have been counted since.</summary>
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
