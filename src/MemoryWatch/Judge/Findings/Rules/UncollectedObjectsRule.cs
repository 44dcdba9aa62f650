namespace MemoryWatch.Judge;

/// <summary>Fires if objects are alive that the application expected to be collected.</summary>
internal sealed class UncollectedObjectsRule : IFindingRule
{
    public FindingRule Rule => FindingRule.UncollectedObjects;

    public RuleResult Inspect(FindingFacts facts)
    {
        if (facts.Inputs.Uncollected is not { } uncollected)
        {
            return RuleResult.NotApplicable;
        }

        if (uncollected.MaxBy(objects => objects.Count) is not { Count: > 0 } most)
        {
            return RuleResult.NotReached(FindingNumber.Count(Evidence.Count, 0), 1);
        }

        return new MemoryFinding
        {
            Rule = Rule,

            // A single object may be the last one in a variable.
            Severity = most.Count == 1 ? AlertSeverity.Information : facts.Severity,
            Subject = most.Name,
            Evidence =
            [
                FindingNumber.Count(Evidence.Count, most.Count), FindingNumber.Seconds(Evidence.Age, most.OldestAge),
                FindingNumber.Count(Evidence.TotalCount, uncollected.Sum(objects => objects.Count)),
            ],
        };
    }
}
