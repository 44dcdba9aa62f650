namespace MemoryWatch.Judge;

/// <summary>Growth of something that a healthy program has about the same number of: threads, open files.</summary>
internal static class CountGrowth
{
    private static readonly TimeSpan LeastRise = TimeSpan.FromMinutes(1);

    /// <summary>Fires if the number has risen for a minute or more, to twice its lowest and by a minimum.</summary>
    public static RuleResult Inspect(FindingRule rule, MetricTrend? trend, long leastGrowth)
    {
        if (trend is not { } metric)
        {
            return RuleResult.NotReadable;
        }

        var threshold = Math.Max(metric.Lowest * 2, metric.Lowest + leastGrowth);
        if (metric.Value < threshold || metric.Rise < LeastRise)
        {
            return RuleResult.NotReached(FindingNumber.Count(Evidence.Value, metric.Value), threshold);
        }

        return new MemoryFinding
        {
            Rule = rule,
            Subject = metric.Metric.Name,
            Evidence = [FindingNumber.Count(Evidence.Value, metric.Value), FindingNumber.Count(Evidence.Lowest, metric.Lowest)],
        };
    }
}
