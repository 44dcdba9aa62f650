namespace MemoryWatch.Judge;

/// <summary>
/// Fires if a metric only grows while another one of the application stands at its highest value: more is asked for than that many workers do. A
/// metric is taken for a queue if it is called so, or if it has been emptied before and is near its maximum now; sessions that stay only rise too.
/// </summary>
internal sealed class QueueBuildUpRule : IFindingRule
{
    private const int LeastSteps = 4;
    private const double NearMaximum = 0.8;
    private static readonly TimeSpan LeastRise = TimeSpan.FromSeconds(20);
    private static readonly string[] Names = ["queue", "waiting", "pending", "backlog"];

    public FindingRule Rule => FindingRule.QueueBuildUp;

    public RuleResult Inspect(FindingFacts facts)
    {
        var longest = 0L;
        foreach (var metric in facts.Metrics)
        {
            if (!IsQueue(metric))
            {
                continue;
            }

            longest = Math.Max(longest, metric.Value);
            if (metric.Steps >= LeastSteps && metric.Rise >= LeastRise && metric.Value - metric.RiseFrom >= LeastSteps
                && Workers(facts, metric) is { } workers)
            {
                return new MemoryFinding
                {
                    Rule = Rule,
                    Subject = metric.Metric.Name,
                    Evidence =
                    [
                        FindingNumber.Count(Evidence.Value, metric.Value), FindingNumber.Count(Evidence.Lowest, metric.RiseFrom),
                        FindingNumber.Seconds(Evidence.Span, metric.Rise), FindingNumber.Count(Evidence.Workers, workers.Value),
                    ],
                };
            }
        }

        return facts.Metrics.Count == 0 ? RuleResult.NotApplicable
            : RuleResult.NotReached(FindingNumber.Count(Evidence.Value, longest));
    }

    private static bool IsQueue(MetricTrend metric) =>
        Array.Exists(Names, name => metric.Metric.Key.Contains(name, StringComparison.OrdinalIgnoreCase)
            || metric.Metric.Name.Contains(name, StringComparison.OrdinalIgnoreCase))
        || (metric.HasFallen && metric.Value >= metric.Metric.Maximum * NearMaximum);

    /// <summary>The metric that has stood at its highest value for longest, and for most of the rise.</summary>
    private static MetricTrend? Workers(FindingFacts facts, MetricTrend queue)
    {
        MetricTrend? workers = null;
        foreach (var metric in facts.Metrics)
        {
            if (metric.Metric != queue.Metric && metric.Value > 0 && metric.Value == metric.Highest && metric.Level >= queue.Rise / 2
                && !(workers?.Level >= metric.Level))
            {
                workers = metric;
            }
        }

        return workers;
    }
}
