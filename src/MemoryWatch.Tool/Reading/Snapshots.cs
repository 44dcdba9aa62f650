using MemoryWatch.Read;

namespace MemoryWatch.Tool;

/// <summary>Makes the snapshot of a reading as the watch makes it.</summary>
internal static class Snapshots
{
    /// <param name="reading">The numbers.</param>
    /// <param name="time">Their time.</param>
    /// <param name="limit">The limit that the user gave, in bytes; <see langword="null"/> to use those that were read.</param>
    /// <param name="others">The other processes of the cgroup; <see langword="null"/> if they were not read.</param>
    public static MemorySnapshot Of(in MemoryReading reading, DateTimeOffset time, long? limit, ContainerProcesses? others = null) => new()
    {
        Time = time,
        Usage = Sampler.Governing(reading, limit),
        Process = reading.Process,
        PeakResidentBytes = reading.Process.ResidentBytes,
        Managed = reading.Managed,
        Container = reading.Container,
        Machine = reading.Machine,
        Gaps = reading.Gaps,
        ContainerProcesses = others,
    };
}
