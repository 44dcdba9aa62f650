namespace MemoryWatch.Hosting;

/// <summary>Measures the room for new work: from the watch's last tick, and a quick reading of what resident memory grew by since.</summary>
/// <remarks>
/// Memory that the GC holds beyond live objects is no pressure: new objects go there, or the next GC returns it. It counts as room, except for a
/// quarter of the live objects, which the GC needs to work with. Growth since the tick counts as used in any case; a fall does not count before
/// the next tick, because it may be the very memory that counts as room already.
/// </remarks>
internal sealed class HeadroomGauge(IMemoryWatch watch, Func<MemoryWatchOptions> options)
{
    private const int WorkingPart = 4;

    public HeadroomReading Read()
    {
        try
        {
            if (!watch.IsEnabled)
            {
                return default;
            }

            var snapshot = watch.Current;
            var reading = Of(snapshot, watch.ReadResidentBytes(), options());

            // A GC was tried, so what looks like garbage is none that can be freed.
            return snapshot.Zone == MemoryZone.Imminent && watch.Relief == ReliefStanding.Exhausted && reading.Room >= 0
                ? reading with { Room = -1, Reclaimable = 0 }
                : reading;
        }
        catch (Exception)
        {
            // A watch of the application's own may throw. A limiter that cannot read must not refuse, and its timer must not end the process.
            return default;
        }
    }

    /// <summary>The same as a pure function.</summary>
    internal static HeadroomReading Of(MemorySnapshot snapshot, long? residentBytes, MemoryWatchOptions options)
    {
        var usage = snapshot.Usage;
        if (usage is not { LeastUsedBytes: { } least, LimitBytes: { } limit })
        {
            return default;
        }

        var used = least + Math.Max(0, residentBytes - snapshot.Process.ResidentBytes ?? 0);
        var reclaimable = Math.Min(Reclaimable(snapshot), used);
        var level = used - reclaimable;
        var edge = Ceiling(options, limit);
        var room = edge - level;
        if (snapshot.HeapUsage is { UsedBytes: { } occupied, LimitBytes: { } heapLimit })
        {
            var heapEdge = Ceiling(options, heapLimit, isHeap: true);
            var live = Math.Min(occupied, WithWorkingRoom(snapshot.Managed.LiveBytes) ?? occupied);
            (room, edge) = (Math.Min(room, heapEdge - live), Math.Min(edge, heapEdge));
        }

        return new(room, level, reclaimable, edge);
    }

    /// <summary>
    /// Up to where leases are granted. By default that is halfway from critical to imminent: relief from the critical zone gets its turn before work is
    /// refused, and what grows without a lease has the rest.
    /// </summary>
    private static long Ceiling(MemoryWatchOptions options, long limit, bool isHeap = false)
    {
        return options.Headroom.Ceiling is { } ceiling
            ? Edge(ceiling, MemoryWatchDefaults.ImminentThreshold)
            : (Edge(options.CriticalThreshold, MemoryWatchDefaults.CriticalThreshold) + Edge(options.ImminentThreshold, MemoryWatchDefaults.ImminentThreshold)) / 2;

        // A threshold above the limit could never be reached, and a size is meant for the memory that kills.
        long Edge(MemoryThreshold threshold, MemoryThreshold standard) =>
            (threshold.IsRelative || !isHeap) && threshold.Resolve(limit) is { } edge && edge <= limit ? edge : standard.Resolve(limit) ?? limit;
    }

    private static long Reclaimable(MemorySnapshot snapshot)
    {
        var managed = snapshot.Managed;
        if (WithWorkingRoom(managed.LiveBytes) is not { } live || (snapshot.Process.AnonymousBytes ?? snapshot.Process.ResidentBytes) is not { } most)
        {
            return 0;
        }

        // Memory that is committed and was never used is not resident.
        var held = Math.Max(managed.HeapBytes ?? 0, managed.CommittedBytes ?? 0);
        return Math.Max(0, Math.Min(held, most) - live);
    }

    private static long? WithWorkingRoom(long? liveBytes) => liveBytes + (liveBytes / WorkingPart);
}
