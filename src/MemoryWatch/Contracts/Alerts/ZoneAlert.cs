namespace MemoryWatch;

/// <summary>
/// Memory has come into another zone. It matters as the zone does where that is a worse one, and is good to know where it is a better one.
/// </summary>
/// <param name="zone">The zone that it is in now.</param>
/// <param name="before">The zone that it was in.</param>
/// <param name="usage">What is used of which limit.</param>
public sealed class ZoneAlert(MemoryZone zone, MemoryZone before, MemoryUsage usage) : MemoryAlert("zone", SeverityOf(zone, before))
{
    /// <summary>The zone that memory is in now.</summary>
    public MemoryZone Zone { get; } = zone;

    /// <summary>The zone that it was in.</summary>
    public MemoryZone Before { get; } = before;

    /// <summary>What is used of which limit.</summary>
    public MemoryUsage Usage { get; } = usage;

    /// <summary>Whether the zone is a worse one.</summary>
    public bool IsEntered => Zone > Before;

    /// <summary>One line: <c>zone: Healthy -> Elevated, 360.0 MB of 512 MB used (70.3%)</c>.</summary>
    public override string ToString() => $"{Kind}: {Before} -> {Zone}, {Usage}";

    private static AlertSeverity SeverityOf(MemoryZone zone, MemoryZone before) => zone switch
    {
        _ when zone <= before => AlertSeverity.Information,
        MemoryZone.Imminent => AlertSeverity.Critical,
        MemoryZone.Critical => AlertSeverity.Warning,
        _ => AlertSeverity.Information,
    };
}
