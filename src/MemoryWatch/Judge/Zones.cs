namespace MemoryWatch.Judge;

/// <summary>
/// Decides which zone memory is in, for each of the two limits: the one that kills and the GC's own. Memory enters a zone at its edge and leaves
/// it only some way below, so a value that hovers raises one alert.
/// </summary>
internal static class Zones
{
    // A value must fall this part of the limit below an edge before it has left the zone.
    private const double PartOfLimit = 0.03;

    // So much of the GC's limit must have been allocated since the last GC for another one to be worth its pause.
    private const double UnverifiedPart = 0.15;

    /// <param name="before">The judgement at the last tick.</param>
    /// <param name="snapshot">The numbers.</param>
    /// <param name="settings">The edges of the zones.</param>
    /// <returns>The zone of each limit; that of <paramref name="before"/> if its usage could not be read.</returns>
    public static ZoneJudgement Next(in ZoneJudgement before, MemorySnapshot snapshot, JudgeSettings settings)
    {
        var (kill, heap) = (Gauge.OfUsage(snapshot), Gauge.OfHeap(snapshot));
        var used = Next(before.Used, kill, settings, least: false);
        var heapZone = Next(before.Heap, heap, settings, least: false);
        var collections = snapshot.Managed.Generation2Collections;
        int? collectionsBefore = null;
        if (heapZone > before.Heap && settings.MayCollect && snapshot.Managed.UnverifiedBytes >= heap.Usage.LimitBytes * UnverifiedPart
            && !(before.CollectionsBefore >= collections))
        {
            // Live objects are certain. If the GC that was to tell has not come, nothing is held back a second time.
            collectionsBefore = collections;
            heapZone = Next(before.Heap, Gauge.OfLiveHeap(snapshot), settings, least: false);
        }

        // A zone that only an upper bound led to is none of the lower bound, which has not been at its edge.
        var least = kill.Usage.Precision == UsagePrecision.Exact && before.Least == before.Used ? used : Next(before.Least, kill, settings, least: true);
        var isHeap = used == heapZone ? heap.Usage.Fraction > (kill.Usage.Fraction ?? 0) : used < heapZone;

        // Memory that has become healthy again is reported by the limit that it was near to.
        var governing = used == MemoryZone.Healthy && heapZone == MemoryZone.Healthy && before.Zone > MemoryZone.Healthy ? before.Governing
            : isHeap ? LimitSource.GCHeap
            : used > MemoryZone.Healthy ? kill.UsageAt(EdgeOf(used, settings).Threshold).Source
            : kill.Usage.Source;
        return new(used, least, heapZone, governing) { CollectionsBefore = collectionsBefore };
    }

    /// <summary>The lowest edge of the heap's zones, or its high threshold, that is above the occupied heap; <see langword="null"/> if there is none.</summary>
    public static long? NextHeapEdge(MemorySnapshot snapshot, JudgeSettings settings)
    {
        var gauge = Gauge.OfHeap(snapshot);
        long? next = null;
        foreach (var (threshold, standard) in (ReadOnlySpan<(MemoryThreshold, MemoryThreshold)>)
            [
                EdgeOf(MemoryZone.Elevated, settings), (settings.High, MemoryWatchDefaults.HighThreshold), EdgeOf(MemoryZone.Critical, settings),
                EdgeOf(MemoryZone.Imminent, settings),
            ])
        {
            if (gauge.Edge(threshold, standard) is { } edge && edge > gauge.Usage.UsedBytes && !(edge > next))
            {
                next = edge;
            }
        }

        return next;
    }

    /// <summary>
    /// How far below an edge a value must fall to leave the zone: 3 % of the limit, or of the edge itself if no limit is known. In bytes.
    /// </summary>
    public static long Margin(long? limitBytes, long edgeBytes) => (long)((limitBytes ?? edgeBytes) * PartOfLimit);

    private static MemoryZone Next(MemoryZone before, in Gauge gauge, JudgeSettings settings, bool least)
    {
        var isKnown = false;
        for (var zone = MemoryZone.Imminent; zone > MemoryZone.Healthy; zone--)
        {
            // The edges of the previous zone and of those below it are lower by the margin, which a value must cross to leave.
            var (threshold, standard) = EdgeOf(zone, settings);
            var reaches = gauge.Reaches(threshold, standard, isLeaving: zone <= before, least);
            if (reaches == true)
            {
                return zone;
            }

            isKnown |= reaches is not null;
        }

        return isKnown || gauge.Usage.UsedBytes is not null ? MemoryZone.Healthy : before;
    }

    private static (MemoryThreshold Threshold, MemoryThreshold Standard) EdgeOf(MemoryZone zone, JudgeSettings settings) => zone switch
    {
        MemoryZone.Imminent => (settings.Imminent, MemoryWatchDefaults.ImminentThreshold),
        MemoryZone.Critical => (settings.Critical, MemoryWatchDefaults.CriticalThreshold),
        _ => (settings.Elevated, MemoryWatchDefaults.ElevatedThreshold),
    };
}
