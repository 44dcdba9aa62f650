namespace MemoryWatch.Judge;

/// <summary>
/// One of the two limits, as thresholds see it. Percentages refer to the limit. An amount of bytes refers to the memory that the limit that kills
/// counts; if only the machine limits that, to this process alone.
/// </summary>
/// <param name="Usage">The used memory and the limit.</param>
/// <param name="ProcessBytes">Resident memory of this process if amounts refer to it; otherwise <see langword="null"/>.</param>
internal readonly record struct Gauge(MemoryUsage Usage, long? ProcessBytes = null)
{
    public static Gauge OfUsage(MemorySnapshot snapshot) => new(
        snapshot.Usage,
        snapshot.Usage.Source is LimitSource.Machine or LimitSource.None ? snapshot.Process.ResidentBytes : null);

    public static Gauge OfHeap(MemorySnapshot snapshot) => new(snapshot.HeapUsage);

    /// <summary>The part of the heap that certainly is no garbage.</summary>
    public static Gauge OfLiveHeap(MemorySnapshot snapshot) =>
        new(new MemoryUsage { UsedBytes = snapshot.Managed.LiveBytes ?? 0, LimitBytes = snapshot.HeapUsage.LimitBytes, Source = LimitSource.GCHeap });

    /// <summary>Whether usage is at or above a threshold.</summary>
    /// <param name="threshold">The threshold as it was set.</param>
    /// <param name="standard">The default of this threshold, for an amount that this limit can never reach or that does not refer to it.</param>
    /// <param name="isLeaving">Whether usage was above it before, so that it must fall some way below to leave.</param>
    /// <param name="least">Whether the lower bound of usage counts.</param>
    /// <returns><see langword="null"/> if the usage or the limit could not be read.</returns>
    public bool? Reaches(MemoryThreshold threshold, MemoryThreshold standard, bool isLeaving, bool least = false)
    {
        var usage = UsageAt(threshold);
        return Edge(threshold, standard) is { } edge && (least ? usage.LeastUsedBytes : usage.UsedBytes) is { } used
            ? used >= (isLeaving ? edge - Zones.Margin(usage.LimitBytes, edge) : edge)
            : null;
    }

    /// <summary>The threshold in bytes; <see langword="null"/> if it cannot be reached because no limit is known.</summary>
    public long? Edge(MemoryThreshold threshold, MemoryThreshold standard)
    {
        var applies = threshold.IsRelative || (Usage.Source != LimitSource.GCHeap && !(threshold.Resolve(null) > UsageAt(threshold).LimitBytes));
        return (applies ? threshold : standard).Resolve(UsageAt(threshold).LimitBytes);
    }

    /// <summary>The usage that a threshold refers to.</summary>
    public MemoryUsage UsageAt(MemoryThreshold threshold) => ProcessBytes is { } resident && !threshold.IsRelative
        ? new() { UsedBytes = resident, Source = LimitSource.Process }
        : Usage;
}
