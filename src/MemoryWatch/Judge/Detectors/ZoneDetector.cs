namespace MemoryWatch.Judge;

/// <summary>
/// Tells in which zone memory is. A zone is entered at its edge and left only some way below it, so that a value that
/// hovers is told once.
/// </summary>
internal sealed class ZoneDetector(Func<DetectionSettings> settings) : IMemoryDetector
{
    public const string Kind = "zone";

    private volatile MemoryZone _zone;

    /// <summary>The zone of the last snapshot whose usage could be read. Read by any thread.</summary>
    public MemoryZone Zone => _zone;

    public MemoryAlert? Inspect(in MemorySnapshot snapshot)
    {
        var before = _zone;
        _zone = Next(before, snapshot.Usage, settings());
        return _zone == before ? null : Announce(_zone, _zone > before, snapshot.Usage);
    }

    private static MemoryZone Next(MemoryZone zone, in MemoryUsage usage, DetectionSettings settings)
    {
        if (usage.UsedBytes is not { } used)
        {
            return zone;
        }

        var limit = usage.LimitBytes;
        if (used >= settings.Imminent.Resolve(limit) - Slack(MemoryZone.Imminent, settings.Imminent))
        {
            return MemoryZone.Imminent;
        }

        if (used >= settings.Critical.Resolve(limit) - Slack(MemoryZone.Critical, settings.Critical))
        {
            return MemoryZone.Critical;
        }

        return used >= settings.Elevated.Resolve(limit) - Slack(MemoryZone.Elevated, settings.Elevated)
            ? MemoryZone.Elevated
            : MemoryZone.Healthy;

        // Edges of the zone we are in, and of those below it, count a little lower: that is what leaving takes.
        long Slack(MemoryZone edge, MemoryThreshold threshold) =>
            edge <= zone && threshold.Resolve(limit) is { } bytes ? Hysteresis.Margin(limit, bytes) : 0;
    }

    private static MemoryAlert Announce(MemoryZone zone, bool rising, in MemoryUsage usage)
    {
        var numbers = $"{MemoryText.Megabytes(usage.UsedBytes)} / {MemoryText.Limit(usage.LimitBytes)}";
        var (symbol, name) = zone switch
        {
            MemoryZone.Imminent => ("❌", "LIMIT IMMINENT"),
            MemoryZone.Critical => ("🔴", "CRITICAL"),
            MemoryZone.Elevated => ("⚠️", "ELEVATED"),
            _ => ("✅", "HEALTHY"),
        };
        return new(
            Kind,
            rising ? Severity(zone) : AlertSeverity.Information,
            $"{symbol} MEMORY {(rising || zone == MemoryZone.Healthy ? name : $"BACK TO {name}")}: {numbers}",
            [
                new("zone", zone.ToString()),
                new("used_bytes", usage.UsedBytes),
                new("limit_bytes", usage.LimitBytes),
            ]);
    }

    private static AlertSeverity Severity(MemoryZone zone) => zone switch
    {
        MemoryZone.Imminent => AlertSeverity.Critical,
        MemoryZone.Critical => AlertSeverity.Warning,
        _ => AlertSeverity.Information,
    };
}
