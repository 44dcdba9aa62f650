namespace MemoryWatch.Tell;

/// <summary>The words for numbers that are missing: the file, what stands in for the number, and whether that is an upper or a lower bound.</summary>
internal static class ReadingGapsText
{
    public const string Complete = "all numbers are complete again";

    /// <summary>One sentence for each number, such as <c>The container's memory.stat could not be read: used memory is …</c>.</summary>
    public static string Describe(ReadingGaps gaps, MemorySnapshot snapshot) =>
        string.Join(". ", Enum.GetValues<ReadingGaps>().Where(gap => (gaps & gap) != ReadingGaps.None).Select(gap => Sentence(gap, snapshot)));

    private static string Sentence(ReadingGaps gap, MemorySnapshot snapshot)
    {
        var container = snapshot.Container;
        var isVersion1 = container.Version == 1;
        return gap switch
        {
            ReadingGaps.Cgroup =>
                "The process's cgroup is not mounted: a limit of the container is not known, and the machine's memory stands in for it, an upper bound",
            ReadingGaps.OwnCgroup =>
                "The process's own cgroup is not visible: the uppermost visible one stands in for it, whose used memory is an upper bound",
            ReadingGaps.ContainerLimit =>
                $"A {(isVersion1 ? "memory.limit_in_bytes" : "memory.max")} of the container could not be read or is implausible: the next limit above it stands in for it, an upper bound",
            ReadingGaps.ContainerUsage =>
                $"The container's {(isVersion1 ? "memory.usage_in_bytes" : "memory.current")} could not be read or is implausible: {Resident(snapshot)}",
            ReadingGaps.ContainerCache =>
                "The container's memory.stat could not be read or is implausible: used memory is its usage, file cache included, an upper bound",
            ReadingGaps.MachineTotal => "MemTotal of /proc/meminfo could not be read or is implausible: " + (snapshot.Machine.TotalBytes is null
                ? "the machine's memory is not known"
                : "the machine's memory is what the runtime saw at its last GC, where used memory may be out of date"),
            ReadingGaps.MachineAvailable when snapshot.Machine.AvailableBytes is not null =>
                "MemAvailable of /proc/meminfo is missing or implausible: MemFree + Buffers + Cached + SReclaimable - Shmem stands in for it, an upper bound of available memory",
            ReadingGaps.MachineAvailable => "MemAvailable of /proc/meminfo is missing or implausible",
            ReadingGaps.MachineUsed => $"MemFree of /proc/meminfo is missing or implausible: {Resident(snapshot)}",
            ReadingGaps.ResidentMemory =>
                "Resident memory (/proc/self/statm) could not be read or is implausible: nothing stands in for it, and spikes of this process are not seen",
            ReadingGaps.KernelCaches =>
                $"Usage is {MemoryText.Megabytes(container.UsageBytes)} of {MemoryText.Limit(container.LimitBytes)}, {MemoryText.Megabytes(container.KernelCacheBytes)} of it kernel caches, mostly reclaimable: not counted as used, an estimate",
            _ => gap.ToString(),
        };
    }

    private static string Resident(MemorySnapshot snapshot) => snapshot.Process.ResidentBytes is null
        ? "used memory is not known"
        : "used memory is the resident memory of this process, a lower bound";
}
