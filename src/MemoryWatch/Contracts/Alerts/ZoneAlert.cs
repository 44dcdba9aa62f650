namespace MemoryWatch;

/// <summary>
/// Raised when memory enters another zone. If the zone is worse, the severity depends on it: Information for elevated, Warning for critical,
/// Critical for imminent. If the zone is better, the severity is Information.
/// </summary>
/// <param name="zone">The new zone.</param>
/// <param name="before">The previous zone.</param>
/// <param name="usage">The used memory and the governing limit.</param>
/// <example>
/// <code>
/// // Accept no new downloads until memory is healthy again.
/// if (alert is ZoneAlert zone)
/// {
///     queue.IsPaused = zone.Zone >= MemoryZone.Critical;
/// }
/// </code>
/// </example>
public sealed class ZoneAlert(MemoryZone zone, MemoryZone before, MemoryUsage usage) : MemoryAlert("zone", SeverityOf(zone, before))
{
    /// <summary>The new zone.</summary>
    public MemoryZone Zone { get; } = zone;

    /// <summary>The previous zone.</summary>
    public MemoryZone Before { get; } = before;

    /// <summary>The used memory and the governing limit when the zone changed.</summary>
    public MemoryUsage Usage { get; } = usage;

    /// <summary>
    /// When memory reaches the limit at its present pace; <see langword="null"/> if it does not grow steadily, and if the new zone is better than
    /// the previous one.
    /// </summary>
    public TimeToLimit? TimeToLimit { get; init; }

    /// <summary>Whether the new zone is worse than the previous one.</summary>
    public bool IsEntered => Zone > Before;

    /// <summary>Returns one line, such as <c>zone: Healthy -> Elevated, 360.0 MB of 512 MB used (70.3%)</c>.</summary>
    public override string ToString() => $"{Kind}: {Before} -> {Zone}, {Usage}";

    private static AlertSeverity SeverityOf(MemoryZone zone, MemoryZone before) => zone switch
    {
        _ when zone <= before => AlertSeverity.Information,
        MemoryZone.Imminent => AlertSeverity.Critical,
        MemoryZone.Critical => AlertSeverity.Warning,
        _ => AlertSeverity.Information,
    };
}
