namespace MemoryWatch.Judge;

/// <summary>Raises one alert when a metric exceeds its maximum, and the next only after the metric was within it again.</summary>
internal sealed class MetricMaximumDetector(int index, MetricDefinition definition, long maximum) : IDetector
{
    private bool _over;

    /// <summary>One detector for each metric that has a maximum.</summary>
    public static IEnumerable<MetricMaximumDetector> For(IReadOnlyList<MetricDefinition> definitions)
    {
        for (var i = 0; i < definitions.Count; i++)
        {
            if (definitions[i].Maximum is { } maximum)
            {
                yield return new(i, definitions[i], maximum);
            }
        }
    }

    public MemoryAlert? Inspect(MemorySnapshot snapshot, JudgeSettings settings)
    {
        // A metric that cannot be read leaves the state unchanged.
        if (snapshot.Metrics[index].Value is not { } value)
        {
            return null;
        }

        var before = _over;
        _over = value > maximum;
        return _over && !before ? new MetricMaximumAlert(definition, value, maximum) : null;
    }
}
