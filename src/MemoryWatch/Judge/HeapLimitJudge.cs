namespace MemoryWatch.Judge;

/// <summary>
/// Computes the limit of the heap: the container's limit, less what is used beside the heap, less a reserve. It only lowers the GC's own limit.
/// </summary>
internal static class HeapLimitJudge
{
    /// <summary>The least heap that a program is left with.</summary>
    public const long Least = 16 << 20;

    // Of the reserve, if the heap has committed too much already for the limit that leaves all of it.
    private const int KeptPart = 4;

    /// <param name="snapshot">The numbers now.</param>
    /// <param name="nativePeak">The most native memory of the previous run, in bytes; <see langword="null"/> if unknown.</param>
    /// <param name="reserve">What stays free.</param>
    /// <param name="isSetByUser">Whether the user has set a limit for the heap.</param>
    public static HeapLimitDecision Judge(MemorySnapshot snapshot, long? nativePeak, MemoryThreshold reserve, bool isSetByUser)
    {
        if (isSetByUser)
        {
            return new(HeapLimitRefusal.SetByUser);
        }

        var usage = snapshot.Usage;
        if (usage is not { Source: LimitSource.Container or LimitSource.Setting, LimitBytes: { } limit })
        {
            return new(HeapLimitRefusal.NoLimit);
        }

        if (usage.UsedBytes is not { } used)
        {
            return new(HeapLimitRefusal.Unknown);
        }

        // What is committed was read at the last GC, and a heap that grows fast has far more by now.
        var managed = snapshot.Managed;
        var heap = Math.Max(managed.CommittedBytes ?? 0, managed.HeapBytes ?? 0);
        var beside = Math.Max(0, used - heap);
        if (nativePeak is { } peak)
        {
            var native = snapshot.Process.AnonymousBytes - heap;
            beside = Math.Max(beside, peak + (native is { } now ? Math.Max(0, beside - Math.Max(0, now)) : 0));
        }

        var own = managed.IsHeapLimitEnforced ? managed.HeapLimitBytes : null;
        var left = limit - beside;
        var free = reserve.Resolve(limit) ?? 0;
        var bytes = left - free;
        var most = Math.Min(left - free / KeptPart, own ?? long.MaxValue);
        var refusal = most < Math.Max(Least, heap) ? HeapLimitRefusal.TooLittle
            : bytes >= own ? HeapLimitRefusal.AlreadyLower
            : HeapLimitRefusal.None;
        return new(refusal, bytes, beside, own) { MostBytes = most };
    }
}
