namespace MemoryWatch;

/// <summary>How much memory the load of this program needs.</summary>
/// <param name="NeededBytes">Memory that the highest load seen needs, in bytes.</param>
/// <param name="LimitBytes">The limit that governs, in bytes.</param>
/// <param name="Cost">The metric that costs most; <see langword="null"/> if none is known to.</param>
/// <param name="MostUnits">The highest value of that metric that fits the limit; <see langword="null"/> if unknown.</param>
/// <example>
/// <code>
/// if (watch.Diagnose().Capacity is CapacityEstimate { IsTooSmall: true } capacity)
/// {
///     await SendAsync($"Needed: {capacity.NeededBytes.Value / (1 &lt;&lt; 20):0} MB; sessions that fit: {capacity.MostUnits}");
/// }
/// </code>
/// </example>
public sealed record CapacityEstimate(Estimate NeededBytes, long LimitBytes, MetricCost? Cost, long? MostUnits)
{
    /// <summary>
    /// Memory that the load needs if that metric is at the maximum that the application allows, in bytes; <see langword="null"/> if it has no
    /// maximum.
    /// </summary>
    public Estimate? NeededAtMaximumBytes { get; init; }

    /// <summary>Whether even the lower end of the interval exceeds the limit.</summary>
    public bool IsTooSmall => NeededBytes.Low > LimitBytes;
}
