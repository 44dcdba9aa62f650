using MemoryWatch.Track;

namespace MemoryWatch.Judge;

/// <summary>Growth of memory from one reading to another.</summary>
/// <param name="Then">The reading at which the growth began.</param>
/// <param name="Now">The last reading.</param>
/// <param name="TopBytes">Highest memory in between, in bytes.</param>
/// <param name="Span">Time since the growth began.</param>
/// <param name="IsOfUsed">Whether used memory grew, of which a part is outside of this process; otherwise resident memory did.</param>
internal readonly record struct Growth(MemoryParts Then, MemoryParts Now, long TopBytes, TimeSpan Span, bool IsOfUsed = false)
{
    /// <summary>Maximum number of operations that are named.</summary>
    public const int Named = OperationsSeen.Most;

    /// <summary>Minimum growth that gets a cause, in bytes.</summary>
    public const long LeastRiseBytes = 1 << 20;

    // An operation is named if it has at least this share of all allocated bytes, and at least 0.1 MB.
    private const double LeastShare = 0.01;
    private const long LeastNamedBytes = (1 << 20) / 10;

    // While most is unattributed, what an operation with a smaller share allocated has nothing to do with the growth.
    private const double LeastShareBesideUnattributed = 0.1;

    // The growth begins at the last reading that has nearly all of the growth after it.
    private const double StillToCome = 0.95;

    // A small rise within a moment is what any start of an operation takes; it says nothing about a cause.
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(0.1);
    private const long LeastInMomentBytes = 8 << 20;

    public long RiseBytes => TopBytes - ((IsOfUsed ? Then.UsedBytes : null) ?? Then.ResidentBytes);

    /// <summary>
    /// The part that grew most, if it is one that belongs to no operation, as a function of a reading; <see langword="null"/> otherwise.
    /// </summary>
    public Func<MemoryParts, long?>? PartWithoutOperation
    {
        get
        {
            var (managed, native) = (Now.ManagedBytes - Then.ManagedBytes ?? 0, Now.NativeBytes - Then.NativeBytes ?? 0);
            var (shared, files) = (Now.SharedBytes - Then.SharedBytes ?? 0, Now.FileBackedBytes - Then.FileBackedBytes ?? 0);
            return IsOutside ? null
                : native > 0 && native >= Math.Max(managed, Math.Max(shared, files)) ? static parts => parts.NativeBytes
                : shared > 0 && shared >= Math.Max(managed, files) ? static parts => parts.SharedBytes
                : files > managed ? static parts => parts.FileBackedBytes
                : null;
        }
    }

    /// <summary>Whether the growth is large enough to have a cause.</summary>
    public bool IsNotable => RiseBytes >= (Span < Moment ? LeastInMomentBytes : LeastRiseBytes);

    /// <summary>Whether most of the growth is outside of this process, so that none of its operations is to be named.</summary>
    private bool IsOutside
    {
        get
        {
            var outside = IsOfUsed ? Now.OutsideBytes - Then.OutsideBytes : null;
            return outside > 0 && !(Now.ManagedBytes - Then.ManagedBytes >= outside) && !(Now.NativeBytes - Then.NativeBytes >= outside)
                && !(Now.SharedBytes - Then.SharedBytes >= outside);
        }
    }

    /// <summary>Bytes that the process allocated between the readings.</summary>
    private long? AllocatedBytes => Now.AllocatedBytes - Then.AllocatedBytes;

    /// <summary>Finds the reading at which growth began.</summary>
    /// <param name="levels">Memory at each reading, in bytes, the last reading first.</param>
    /// <param name="topBytes">The memory that it grew to, in bytes.</param>
    /// <returns>Index of the reading; -1 if there is none.</returns>
    public static int FindBegin(ReadOnlySpan<long> levels, long topBytes)
    {
        var lowest = long.MaxValue;
        foreach (var bytes in levels)
        {
            lowest = Math.Min(lowest, bytes);
        }

        for (var place = 0; place < levels.Length; place++)
        {
            if (topBytes - levels[place] >= (topBytes - lowest) * StillToCome)
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
    /// <param name="seen">The operations that were in flight.</param>
    /// <param name="otherBytes">Bytes that operations allocated which are not listed.</param>
    public MemoryCause Explain(IEnumerable<MemoryCauseOperation>? operations, OperationsSeen seen, long otherBytes = 0)
    {
        var ranked = OperationShares.Rank(operations ?? [], AllocatedBytes);
        var attributed = Math.Min(AllocatedBytes ?? long.MaxValue, ranked.SumBytes(o => o.AllocatedBytes) + otherBytes);
        var unattributed = operations is not null && AllocatedBytes is { } all ? Math.Max(0, all - attributed) : (long?)null;
        var isMostly = unattributed - ranked.SumBytes(o => o.ChargedBytes) > AllocatedBytes / 2;
        MemoryCauseOperation[] named = IsOutside ? [] : [.. ranked.Where(o => IsWorthNaming(o, isMostly)).Take(Named)];
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
            UsedChangeBytes = IsOfUsed ? Now.UsedBytes - Then.UsedBytes : null,
            OutsideChangeBytes = Now.Source == Then.Source ? Now.OutsideBytes - Then.OutsideBytes : null,
            Source = Now.Source,
            AllocatedBytes = AllocatedBytes,
            Operations = named,
            OtherAllocatedBytes = Math.Min(otherBytes + others.SumBytes(o => o.AllocatedBytes), AllocatedBytes ?? long.MaxValue),
            OtherChargedBytes = others.SumBytes(o => o.ChargedBytes),
            UnattributedBytes = unattributed,
            InFlight = seen.InFlight,
            InFlightCount = seen.Count,
            MostInFlight = seen.MostAtOnce,
            AtWork = seen.AtWork,
            AtWorkCount = seen.AtWorkCount,
            Waiting = seen.Waiting,
            WaitingCount = seen.WaitingCount,
            OthersRan = seen.OthersRan,
            Alone = seen.Alone,
            AloneChangeBytes = seen.Alone is null ? null : seen.AloneBytes,
        };
    }

    private static bool IsWorthNaming(MemoryCauseOperation operation, bool isMostlyUnattributed) =>
        OperationShares.Sum(operation) >= LeastNamedBytes
        && (operation.Share >= (isMostlyUnattributed ? LeastShareBesideUnattributed : LeastShare)
            || operation.ChargedBytes >= OperationHandover.LeastBytes);
}
