namespace MemoryWatch.Judge;

/// <summary>
/// Fires if operations of one name leave memory behind that gen-2 GCs do not free, at least 16 MB and 5 % of the limit together. It needs four
/// spans between such GCs, so it knows earlier than a leak verdict, which also excludes that memory levels off. What metrics count is not retained
/// by the operations that added it.
/// </summary>
internal sealed class NotFreedRule : IFindingRule
{
    private const double LeastPart = 0.05;
    private const double ExplainedPart = 0.5;
    private const long LeastBytes = 16 << 20;

    public FindingRule Rule => FindingRule.NotFreed;

    public RuleResult Inspect(FindingFacts facts)
    {
        if (!facts.IsMetered)
        {
            return RuleResult.NotReadable;
        }

        var threshold = Math.Max(LeastBytes, (facts.LimitBytes ?? 0) * LeastPart);
        if (facts.Retained is not [var most, ..])
        {
            return facts.RetentionFloors < MedianInterval.Least
                ? RuleResult.TooLittleData
                : RuleResult.NotReached(FindingNumber.Bytes(Evidence.TotalBytes, 0), threshold);
        }

        if (most.TotalBytes < threshold)
        {
            return RuleResult.NotReached(FindingNumber.Bytes(Evidence.TotalBytes, most.TotalBytes), threshold);
        }

        if (CountedBytes(facts) >= most.TotalBytes * ExplainedPart)
        {
            return RuleResult.NotReached(FindingNumber.Bytes(Evidence.TotalBytes, most.TotalBytes));
        }

        return new MemoryFinding
        {
            Rule = Rule,
            Severity = facts.Severity,
            Subject = most.Name,
            Evidence =
            [
                FindingNumber.Bytes(Evidence.BytesEach, most.BytesEach.Value), FindingNumber.Bytes(Evidence.LowBytesEach, most.BytesEach.Low),
                FindingNumber.Bytes(Evidence.HighBytesEach, most.BytesEach.High), FindingNumber.Bytes(Evidence.TotalBytes, most.TotalBytes),
                FindingNumber.Count(Evidence.Samples, most.Samples),
            ],
        };
    }

    /// <summary>What the metrics whose cost is known have added since their lowest values.</summary>
    private static double CountedBytes(FindingFacts facts)
    {
        var bytes = 0d;
        foreach (var cost in facts.Costs)
        {
            foreach (var metric in facts.Metrics)
            {
                bytes += metric.Metric == cost.Metric ? (metric.Value - metric.Lowest) * cost.BytesPerUnit.Value : 0;
            }
        }

        return bytes;
    }
}
