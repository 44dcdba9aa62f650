namespace MemoryWatch.Judge;

/// <summary>
/// Raises one alert when usage reaches the high threshold, and the next only after usage fell below the threshold by <see cref="Zones.Margin"/>.
/// </summary>
internal sealed class HighMemoryDetector : IDetector
{
    /// <summary>Whether usage has reached the high threshold and has not left it since.</summary>
    public bool IsHigh { get; private set; }

    public MemoryAlert? Inspect(MemorySnapshot snapshot, JudgeSettings settings)
    {
        var usage = snapshot.Usage;
        if (usage.UsedBytes is not { } used || settings.High.Resolve(usage.LimitBytes) is not { } edge)
        {
            return null;
        }

        var before = IsHigh;
        IsHigh = used >= (before ? edge - Zones.Margin(usage.LimitBytes, edge) : edge);
        return IsHigh && !before ? new HighMemoryAlert(usage, edge) : null;
    }
}
