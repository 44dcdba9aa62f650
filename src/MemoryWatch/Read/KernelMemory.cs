namespace MemoryWatch.Read;

/// <summary>Memory that the machine's kernel uses for itself, in bytes; <see langword="null"/> if it is unknown.</summary>
/// <param name="ReclaimableBytes">Caches that the kernel can take back, mostly of file names (<c>SReclaimable</c>).</param>
/// <param name="FixedBytes">What it cannot take back: <c>SUnreclaim</c>, stacks, page tables, per-CPU memory.</param>
internal readonly record struct KernelMemory(long? ReclaimableBytes, long? FixedBytes)
{
    // Less of a limit is not worth an estimate: it is mostly the stacks and page tables of the cgroup's own processes.
    private const double LeastPart = 0.05;

    /// <summary>
    /// Estimates how much of a cgroup's kernel memory is caches. Version 1 does not report it, so the machine's mixture is taken, within what is
    /// certain: the cgroup cannot have more caches than the machine, nor more of the rest. The estimate grows from 0 at 5 % of the limit to all of
    /// it at 10 %, so that used memory does not jump.
    /// </summary>
    /// <param name="kernelBytes">Kernel memory that is charged to the cgroup.</param>
    /// <param name="limit">The limit of the cgroup; without one the estimate is not needed.</param>
    public long CachesOf(long? kernelBytes, long? limit)
    {
        if (kernelBytes is not > 0 || limit is not { } all)
        {
            return 0;
        }

        var kernel = (double)kernelBytes.Value;
        var caches = (ReclaimableBytes, FixedBytes) switch
        {
            // A machine without any does not exist: the numbers are not passed on to this container.
            (null or 0, _) => kernel,
            ({ } reclaimable, { } other) => Math.Clamp(
                kernel * reclaimable / ((double)reclaimable + other), Math.Max(0, Math.Min(kernel - other, reclaimable)), Math.Min(kernel, reclaimable)),
            ({ } reclaimable, null) => Math.Min(kernel, reclaimable),
        };
        return (long)(caches * Math.Clamp(kernel / all / LeastPart - 1, 0, 1));
    }
}
