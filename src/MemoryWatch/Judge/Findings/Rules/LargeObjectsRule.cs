namespace MemoryWatch.Judge;

/// <summary>Fires while memory is elevated if large objects are at least half of the live heap and a quarter of the limit.</summary>
internal sealed class LargeObjectsRule : IFindingRule
{
    private const double LeastPartOfLimit = 0.25;
    private const double LeastPartOfHeap = 0.5;

    public FindingRule Rule => FindingRule.LargeObjects;

    public RuleResult Inspect(FindingFacts facts)
    {
        if (facts.LimitBytes is not { } limit)
        {
            return RuleResult.NotApplicable;
        }

        if (facts.Snapshot.Managed is not { LargeObjectBytes: { } large, LiveBytes: { } live })
        {
            return RuleResult.NotReadable;
        }

        if (!facts.IsElevated || large < limit * LeastPartOfLimit || large < live * LeastPartOfHeap)
        {
            return RuleResult.NotReached(FindingNumber.Bytes(Evidence.LargeObjectBytes, large), limit * LeastPartOfLimit);
        }

        return new MemoryFinding
        {
            Rule = Rule,
            Evidence = [FindingNumber.Bytes(Evidence.LargeObjectBytes, large), FindingNumber.Bytes(Evidence.LiveBytes, live)],
        };
    }
}
