namespace MemoryWatch.Judge;

/// <summary>
/// Decides which zone memory is in. Memory enters a zone at its edge and leaves it only some way below, so a value that hovers raises one alert.
/// </summary>
internal static class Zones
{
    // A value must fall this part of the limit below an edge before it has left the zone.
    private const double PartOfLimit = 0.03;

    /// <param name="before">Zone at the last tick.</param>
    /// <param name="usage">Used bytes and their limit.</param>
    /// <param name="settings">The edges of the zones.</param>
    /// <returns>The zone; <paramref name="before"/> if usage could not be read.</returns>
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

        // The edges of the previous zone and of those below it are lower by the margin, which a value must cross to leave.
        bool IsIn(MemoryZone zone, MemoryThreshold threshold) =>
            threshold.Resolve(limit) is { } edge && used >= (zone <= before ? edge - Margin(limit, edge) : edge);
    }

    /// <summary>
    /// How far below an edge a value must fall to leave the zone: 3 % of the limit, or of the edge itself if no limit is known. In bytes.
    /// </summary>
    public static long Margin(long? limitBytes, long edgeBytes) => (long)((limitBytes ?? edgeBytes) * PartOfLimit);
}
