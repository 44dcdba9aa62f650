using MemoryWatch.Tell;

namespace MemoryWatch.Tool;

/// <summary>Which limit governs, and why.</summary>
internal static class LimitReason
{
    /// <summary>Such as <c>512 MB (container): the only limit</c>.</summary>
    public static string Describe(MemorySnapshot snapshot, IReadOnlyList<LevelReading> levels) =>
        $"{MemoryText.Limit(snapshot.Usage.LimitBytes)} ({Name(snapshot.Usage.Source)}): {Why(snapshot, levels)}";

    private static string Name(LimitSource source) => source == LimitSource.Setting ? "--limit" : UsageText.Source(source);

    private static string Why(MemorySnapshot snapshot, IReadOnlyList<LevelReading> levels) => snapshot.Usage.Source switch
    {
        LimitSource.Setting => "given on the command line, compared with this process alone",
        LimitSource.Container => OfContainer(snapshot, levels),
        LimitSource.Throttling => "no limit below the machine's memory kills; above this one the kernel slows the processes down",
        LimitSource.Machine when snapshot.Container.LimitBytes is { } limit =>
            $"the container's limit of {MemoryText.Limit(limit)} is above the machine's memory",
        LimitSource.Machine when (snapshot.Gaps & ReadingGaps.Cgroup) != 0 => "the process's cgroup is not mounted where it can be read",
        LimitSource.Machine when levels.Any(level => level.IsLimitUnknown) => "a limit of the container could not be read",
        LimitSource.Machine when levels.Count > 0 => "no cgroup that can be seen has a limit",
        LimitSource.Machine => "the process is in no memory cgroup",
        _ => "no limit could be read",
    };

    private static string OfContainer(MemorySnapshot snapshot, IReadOnlyList<LevelReading> levels)
    {
        var path = snapshot.Container.Path;
        if (levels.FirstOrDefault(level => level.Path == path) is { } level && level.LimitBytes != snapshot.Container.LimitBytes)
        {
            return "from hierarchical_memory_limit, a limit above the cgroups that can be seen";
        }

        var limits = levels.Count(one => one.LimitBytes is not null);
        return limits > 1 ? $"of {limits} limits the one with the least headroom, {path}" : $"the only limit, {path}";
    }
}
