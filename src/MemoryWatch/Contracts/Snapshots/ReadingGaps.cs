namespace MemoryWatch;

/// <summary>The numbers of a snapshot that could not be read or are implausible, and for which another number stands in.</summary>
[Flags]
internal enum ReadingGaps
{
    /// <summary>All numbers were read.</summary>
    None = 0,

    /// <summary>The process's cgroup is not mounted, so no limit of it is known.</summary>
    Cgroup = 1 << 0,

    /// <summary>The process's own cgroup is not visible; the uppermost visible cgroup stands in for it.</summary>
    OwnCgroup = 1 << 1,

    /// <summary>A limit of the container is there, but it is no number.</summary>
    ContainerLimit = 1 << 2,

    /// <summary>The container's usage; resident memory of this process stands in for it, a lower bound.</summary>
    ContainerUsage = 1 << 3,

    /// <summary>The container's page cache; usage stands in for used memory, an upper bound.</summary>
    ContainerCache = 1 << 4,

    /// <summary>The machine's memory; the figures of the last GC stand in for it.</summary>
    MachineTotal = 1 << 5,

    /// <summary><c>MemAvailable</c>; other numbers of the machine stand in for it, an upper bound.</summary>
    MachineAvailable = 1 << 6,

    /// <summary>All that could stand in for <c>MemAvailable</c>; resident memory of this process stands in for used memory, a lower bound.</summary>
    MachineUsed = 1 << 7,

    /// <summary>Resident memory of this process.</summary>
    ResidentMemory = 1 << 8,

    /// <summary>Nothing is missing, but a large part of the usage is kernel caches that were estimated and are not counted as used (v1).</summary>
    KernelCaches = 1 << 9,
}
