namespace MemoryWatch.Read;

/// <summary>
/// Decides what counts as used memory from the best of what could be read. If the usage of a cgroup and its page cache are known, it is the usage
/// without the cache. If only the usage is known, that is an upper bound. Otherwise resident memory of this process is a lower bound. Pure.
/// </summary>
/// <param name="Bytes">Used memory; <see langword="null"/> if nothing could be read.</param>
/// <param name="Precision">Whether the number is a bound.</param>
internal readonly record struct UsedMemory(long? Bytes, UsagePrecision Precision)
{
    // Kernels update usage and statistics separately and in batches, so the cache can exceed the usage by a little.
    private const int PartOfUsage = 8;
    private const long LeastSlack = 4 << 20;

    /// <param name="usage">All memory charged to the cgroup; <see langword="null"/> if it is unknown or implausible.</param>
    /// <param name="cache">The part of it that the kernel can take back; <see langword="null"/> if it is unknown or implausible.</param>
    /// <param name="hasLimit">Whether the cgroup has a limit. Without one, nothing needs to stand in for the usage.</param>
    /// <param name="resident">Resident memory of this process.</param>
    public static UsedMemory OfCgroup(long? usage, long? cache, bool hasLimit, long? resident) => (usage, cache) switch
    {
        ({ } all, { } part) => new(Math.Max(0, all - part), UsagePrecision.Exact),
        ({ } all, null) => new(all, UsagePrecision.AtMost),
        _ when hasLimit && resident is not null => new(resident, UsagePrecision.AtLeast),
        _ => default,
    };

    /// <summary>The used memory of a reading, which has it from the cgroup; this process has at least its resident memory.</summary>
    public static UsedMemory OfContainer(in ContainerReading container, long? resident) => container.UsedBytes is null && resident is not null
        ? new(resident, UsagePrecision.AtLeast)
        : new(container.UsedBytes, container.UsedPrecision);

    /// <summary>The used memory of the machine; this process has at least its resident memory.</summary>
    public static UsedMemory OfMachine(in MachineReading machine, long? resident) =>
        machine.TotalBytes - machine.AvailableBytes is { } used ? new(Math.Max(0, used), UsagePrecision.Exact)
            : resident is not null ? new(resident, UsagePrecision.AtLeast)
            : default;

    /// <summary>The usage if it is plausible: not far above what the cgroup or the machine can have, and not 0 while this process is in it.</summary>
    /// <param name="usage">The number that was read.</param>
    /// <param name="limit">The limit of the cgroup.</param>
    /// <param name="surroundings">The numbers to compare with.</param>
    public static long? PlausibleUsage(long? usage, long? limit, in Surroundings surroundings)
    {
        // A machine total may be that of the container (lxcfs), and then a level above the container has more.
        var most = surroundings.MachineBytes is { } total ? Math.Max(total, limit ?? 0) : CgroupLevel.Unlimited;
        return usage switch
        {
            > 0 when usage <= most + most / PartOfUsage => usage,

            // The kernel charges a process for each page that it touches; only a stub reports 0 for a running one.
            0 when limit is null || surroundings.ResidentBytes is null => usage,
            _ => null,
        };
    }

    /// <summary>The sum of the parts of a usage that can be taken back; <see langword="null"/> if one is unknown or together they are implausible.</summary>
    public static long? PlausibleCache(long? usage, long? inactive, long? active, long kernel)
    {
        if (usage is not { } all || inactive is not { } one || active is not { } other)
        {
            return null;
        }

        var most = all + Math.Max(all / PartOfUsage, LeastSlack);
        return one <= most && other <= most - one && kernel <= most - one - other ? one + other + kernel : null;
    }

    /// <summary>This memory as the usage of a limit.</summary>
    /// <param name="limit">The limit.</param>
    /// <param name="source">What limits it.</param>
    /// <param name="resident">Resident memory of this process: the lower bound if this is an upper bound.</param>
    public MemoryUsage Of(long limit, LimitSource source, long? resident) => new()
    {
        UsedBytes = Bytes,
        LeastUsedBytes = Precision == UsagePrecision.AtMost ? Math.Min(resident ?? 0, Bytes ?? 0) : null,
        Precision = Precision,
        LimitBytes = limit,
        Source = source,
    };
}
