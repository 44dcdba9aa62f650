namespace MemoryWatch.Judge;

/// <summary>Raises one alert when usage reaches the high threshold, and again only after it was well below.</summary>
internal sealed class HighMemoryDetector(Func<DetectionSettings> settings) : IMemoryDetector
{
    public const string Kind = "high_memory";

    /// <summary>Whether usage has reached the high threshold and not left it since.</summary>
    public bool IsHigh { get; private set; }

    public MemoryAlert? Inspect(in MemorySnapshot snapshot)
    {
        var usage = snapshot.Usage;
        if (usage.UsedBytes is not { } used || settings().High.Resolve(usage.LimitBytes) is not { } edge)
        {
            return null;
        }

        var before = IsHigh;
        IsHigh = used >= (before ? edge - Hysteresis.Margin(usage.LimitBytes, edge) : edge);
        return IsHigh && !before
            ? new(
                Kind,
                AlertSeverity.Warning,
                $"⚠️ HIGH MEMORY USAGE: {MemoryText.Megabytes(used)} / {MemoryText.Limit(usage.LimitBytes)}",
                [
                    new("used_bytes", used),
                    new("limit_bytes", usage.LimitBytes),
                    new("threshold_bytes", edge),
                ])
            : null;
    }
}
