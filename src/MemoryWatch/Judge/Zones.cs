namespace MemoryWatch.Judge;

/// <summary>
/// In which zone memory is. A zone is entered at its edge and left only some way below it, so that a value that hovers is told once.
/// </summary>
internal static class Zones
{
    // How far below its edge a value must fall before it counts as having left.
    private const double PartOfLimit = 0.03;

    /// <param name="before">The zone of the last tick.</param>
    /// <param name="usage">What is used of which limit.</param>
    /// <param name="settings">Where the edges are.</param>
    /// <returns>The zone; the one before where usage could not be read.</returns>
    public static MemoryZone Next(MemoryZone before, in MemoryUsage usage, JudgeSettings settings)
    {
        if (usage.UsedBytes is not { } used)
        {
            return before;
        }

        var limit = usage.LimitBytes;
        return IsIn(MemoryZone.Imminent, settings.Imminent) ? MemoryZone.Imminent
            : IsIn(MemoryZone.Critical, settings.Critical) ? MemoryZone.Critical
            : IsIn(MemoryZone.Elevated, settings.Elevated) ? MemoryZone.Elevated
            : MemoryZone.Healthy;

        // Edges of the zone before, and of those below it, count a little lower: that is what leaving takes.
        bool IsIn(MemoryZone zone, MemoryThreshold threshold) =>
            threshold.Resolve(limit) is { } edge && used >= (zone <= before ? edge - Margin(limit, edge) : edge);
    }

    /// <summary>How far below an edge a value must fall to have left: 3 % of the limit, or of the edge itself where no limit is known.</summary>
    public static long Margin(long? limitBytes, long edgeBytes) => (long)((limitBytes ?? edgeBytes) * PartOfLimit);
}
