namespace MemoryWatch.Judge;

/// <summary>Decides whether memory is still too high for relief to end: by its lower bound, like everything that acts on memory.</summary>
internal static class ReliefTarget
{
    /// <param name="snapshot">The numbers.</param>
    /// <param name="settings">The thresholds in force.</param>
    /// <returns>Whether the used memory or the heap is at or above the target; <see langword="null"/> if neither could be read.</returns>
    public static bool? IsAbove(MemorySnapshot snapshot, JudgeSettings settings)
    {
        var target = settings.ReliefTarget ?? settings.Elevated;
        var used = Reaches(Gauge.OfUsage(snapshot), target);
        return used == true ? true : Reaches(Gauge.OfHeap(snapshot), target) ?? used;
    }

    private static bool? Reaches(in Gauge gauge, MemoryThreshold target) =>
        gauge.Reaches(target, MemoryWatchDefaults.ElevatedThreshold, isLeaving: false, least: true);
}
