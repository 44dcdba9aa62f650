namespace MemoryWatch.Judge;

/// <summary>
/// Fires if a metric exceeds its maximum, or, while memory is elevated, if what it counts takes at least half of the memory used: its value times
/// its learned cost.
/// </summary>
internal sealed class TooManyItemsRule : IFindingRule
{
    private const double LeastShare = 0.5;

    public FindingRule Rule => FindingRule.TooManyItems;

    public RuleResult Inspect(FindingFacts facts)
    {
        if (facts.Metrics.Count == 0)
        {
            return RuleResult.NotApplicable;
        }

        var used = facts.Snapshot.Governing.UsedBytes ?? facts.Snapshot.Usage.UsedBytes;
        var (trend, cost, share) = Largest(facts, used);
        if (share >= LeastShare && facts.IsElevated)
        {
            return Finding(facts, trend!.Value, cost, share, used);
        }

        foreach (var metric in facts.Metrics)
        {
            if (metric.Value > metric.Metric.Maximum)
            {
                var known = facts.Costs.FirstOrDefault(c => c.Metric == metric.Metric);
                return Finding(facts, metric, known, Share(metric, known, used), used);
            }
        }

        return cost is null && facts.IsElevated
            ? RuleResult.TooLittleData
            : RuleResult.NotReached(FindingNumber.Fraction(Evidence.Share, share), LeastShare);
    }

    private static (MetricTrend? Trend, MetricCost? Cost, double Share) Largest(FindingFacts facts, long? used)
    {
        var largest = ((MetricTrend?)null, (MetricCost?)null, 0d);
        foreach (var cost in facts.Costs)
        {
            foreach (var metric in facts.Metrics)
            {
                if (metric.Metric == cost.Metric && Share(metric, cost, used) is var share && share > largest.Item3)
                {
                    largest = (metric, cost, share);
                }
            }
        }

        return largest;
    }

    private static double Share(MetricTrend metric, MetricCost? cost, long? used) =>
        cost is not null && used is > 0 ? Math.Min(1, metric.Value * cost.BytesPerUnit.Value / used.Value) : 0;

    private MemoryFinding Finding(FindingFacts facts, MetricTrend metric, MetricCost? cost, double share, long? used)
    {
        var evidence = new List<FindingNumber> { FindingNumber.Count(Evidence.Value, metric.Value) };
        if (metric.Metric.Maximum is { } maximum)
        {
            evidence.Add(FindingNumber.Count(Evidence.Maximum, maximum));
        }

        if (cost is not null && used is not null)
        {
            evidence.AddRange(
            [
                FindingNumber.Bytes(Evidence.TotalBytes, share * used.Value), FindingNumber.Bytes(Evidence.UsedBytes, used.Value),
                FindingNumber.Fraction(Evidence.Share, share),
            ]);
        }

        return new() { Rule = Rule, Severity = facts.Severity, Subject = metric.Metric.Name, Cost = cost, Evidence = evidence };
    }
}
