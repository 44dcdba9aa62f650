namespace MemoryWatch.Judge;

/// <summary>Fires if the last three forced GCs, within ten minutes, freed less than 2 % of the limit each.</summary>
internal sealed class FutileCollectionsRule : IFindingRule
{
    private const int Least = 3;
    private const double LeastPart = 0.02;

    public FindingRule Rule => FindingRule.FutileCollections;

    public RuleResult Inspect(FindingFacts facts)
    {
        if (facts.LimitBytes is not { } limit)
        {
            return RuleResult.NotApplicable;
        }

        if (facts.Collections.Count < Least)
        {
            return RuleResult.NotReached(FindingNumber.Count(Evidence.Count, facts.Collections.Count), Least);
        }

        var last = facts.Collections.Skip(facts.Collections.Count - Least).ToList();
        var most = last.Max(outcome => Math.Max(outcome.FreedBytes ?? 0, outcome.Before.HeapBytes - outcome.After.HeapBytes));
        if (most >= limit * LeastPart)
        {
            return RuleResult.NotReached(FindingNumber.Bytes(Evidence.FreedBytes, most), limit * LeastPart);
        }

        return new MemoryFinding
        {
            Rule = Rule,
            Evidence =
            [
                FindingNumber.Count(Evidence.Count, last.Count), FindingNumber.Bytes(Evidence.FreedBytes, Math.Max(0, most)),
                FindingNumber.Seconds(Evidence.Span, new(last.Sum(outcome => outcome.Duration.Ticks))),
            ],
        };
    }
}
