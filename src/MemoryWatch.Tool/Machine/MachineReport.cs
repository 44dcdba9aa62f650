namespace MemoryWatch.Tool.Machine;

/// <summary>What would be read on a machine, and from where. Sizes are in bytes; a number that could not be read is <see langword="null"/>.</summary>
internal sealed record MachineReport
{
    public string Kind { get; init; } = "machine";

    public required SystemPart System { get; init; }

    public required GoverningPart Governing { get; init; }

    public required CgroupPart Cgroup { get; init; }

    public required MemoryPart Memory { get; init; }

    public required GcPart Gc { get; init; }

    /// <summary>The numbers that could not be read, and what stands in for each; one sentence each.</summary>
    public required IReadOnlyList<string> Gaps { get; init; }

    public required IReadOnlyList<FilePart> Files { get; init; }

    /// <param name="Kernel">Release of the kernel.</param>
    /// <param name="PageSizeBytes">Size of a page.</param>
    /// <param name="Processors">Number of processors that the runtime uses.</param>
    /// <param name="CLibrary">The C library.</param>
    /// <param name="AreArenasLimited">Whether the number of glibc's arenas is limited.</param>
    /// <param name="KernelLogKills">Number of OOM kills in the kernel's log.</param>
    internal sealed record SystemPart(
        string? Kernel, int PageSizeBytes, int? Processors, string? CLibrary, bool? AreArenasLimited, int? KernelLogKills);

    /// <param name="Source">What limits.</param>
    /// <param name="LimitBytes">The limit.</param>
    /// <param name="UsedBytes">What counts against it.</param>
    /// <param name="LeastUsedBytes">Its lower bound.</param>
    /// <param name="Precision">Whether it is a bound.</param>
    /// <param name="Zone">The zone by the default thresholds.</param>
    /// <param name="Reason">The limit, and why it governs.</param>
    internal sealed record GoverningPart(
        LimitSource Source, long? LimitBytes, long? UsedBytes, long? LeastUsedBytes, UsagePrecision Precision, MemoryZone Zone, string Reason);

    /// <param name="Version">Version of the interface; <see langword="null"/> if no cgroup was found.</param>
    /// <param name="IsOwn">Whether the process's own cgroup was found, and not only the uppermost visible one.</param>
    /// <param name="Mounts">The mounts that can contain cgroups with memory values.</param>
    /// <param name="Levels">The levels that are charged for the process, from its own upward.</param>
    /// <param name="OtherProcesses">Number of other processes in the process's own cgroup.</param>
    /// <param name="OomKills">Number of processes that the kernel OOM-killed in it.</param>
    /// <param name="SwapUsedBytes">Swap in use.</param>
    /// <param name="SwapLimitBytes">Limit of swap.</param>
    /// <param name="PressureSome">Percentage of the last 10 s in which a task waited for memory.</param>
    /// <param name="PressureFull">Percentage in which all did.</param>
    internal sealed record CgroupPart(
        int? Version, bool? IsOwn, IReadOnlyList<MountPart> Mounts, IReadOnlyList<LevelPart> Levels, int? OtherProcesses, long? OomKills,
        long? SwapUsedBytes, long? SwapLimitBytes, double? PressureSome, double? PressureFull);

    /// <param name="Version">Version of the interface.</param>
    /// <param name="Root">The mounted folder of the hierarchy.</param>
    /// <param name="MountPoint">Where it is mounted.</param>
    /// <param name="IsVisible">Whether no other mount hides it.</param>
    /// <param name="IsUsed">Whether the process's cgroup is read there.</param>
    internal sealed record MountPart(int Version, string Root, string MountPoint, bool IsVisible, bool IsUsed);

    /// <param name="Path">Its folder.</param>
    /// <param name="LimitBytes">Its limit; <see langword="null"/> if it has none.</param>
    /// <param name="IsLimitUnknown">Whether the limit is there, but cannot be read.</param>
    /// <param name="InheritedLimitBytes">The lowest limit of it and all levels above, those that are not visible too (v1).</param>
    /// <param name="HighBytes">Its throttling limit (v2).</param>
    /// <param name="UsageBytes">All memory charged to it.</param>
    /// <param name="UsedBytes">The part of it that the kernel cannot take back.</param>
    /// <param name="Precision">Whether that is a bound.</param>
    /// <param name="Governs">Whether its limit governs.</param>
    internal sealed record LevelPart(
        string Path, long? LimitBytes, bool IsLimitUnknown, long? InheritedLimitBytes, long? HighBytes, long? UsageBytes, long? UsedBytes,
        UsagePrecision Precision, bool Governs);

    /// <param name="ResidentBytes">Resident memory of the process that was read.</param>
    /// <param name="TotalBytes">Memory of the machine.</param>
    /// <param name="AvailableBytes">What of it is available.</param>
    /// <param name="OomKills">Number of processes that the kernel OOM-killed since the start of the machine.</param>
    /// <param name="SwapTotalBytes">Swap of the machine.</param>
    /// <param name="SwapFreeBytes">What of it is free.</param>
    /// <param name="TransparentHugePages">The mode of transparent huge pages.</param>
    /// <param name="HugePages">Number of reserved huge pages.</param>
    /// <param name="PressureSome">Percentage of the last 10 s in which a task of the machine waited for memory.</param>
    /// <param name="PressureFull">Percentage in which all did.</param>
    internal sealed record MemoryPart(
        long? ResidentBytes, long? TotalBytes, long? AvailableBytes, long? OomKills, long? SwapTotalBytes, long? SwapFreeBytes,
        string? TransparentHugePages, long? HugePages, double? PressureSome, double? PressureFull);

    /// <param name="HeapLimitBytes">The limit of the GC; physical memory if it enforces none.</param>
    /// <param name="IsEnforced">Whether the GC enforces it.</param>
    internal sealed record GcPart(long? HeapLimitBytes, bool IsEnforced);

    /// <param name="Path">Its path.</param>
    /// <param name="State">What was there.</param>
    /// <param name="Bytes">Number of bytes that were read.</param>
    internal sealed record FilePart(string Path, RecordedState State, int Bytes);
}
