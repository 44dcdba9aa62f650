namespace MemoryWatch.Judge;

/// <summary>
/// Fires while memory is elevated if native memory is more than the heap, and has grown by at least a fifth of the limit since its lowest.
/// </summary>
internal sealed class NativeGrowthRule : IFindingRule
{
    private const double LeastPart = 0.2;

    public FindingRule Rule => FindingRule.NativeGrowth;

    public RuleResult Inspect(FindingFacts facts)
    {
        if (facts.LimitBytes is not { } limit)
        {
            return RuleResult.NotApplicable;
        }

        if (facts.Snapshot.Process.AnonymousBytes is null || Footprint.NativeBytes(facts.Snapshot) is not { } native)
        {
            return RuleResult.NotReadable;
        }

        if (facts.LowestNativeBytes is not { } lowest)
        {
            return RuleResult.TooLittleData;
        }

        if (!facts.IsElevated || native - lowest < limit * LeastPart || native < facts.Snapshot.Managed.HeapBytes)
        {
            return RuleResult.NotReached(FindingNumber.Bytes(Evidence.GrownBytes, native - lowest), limit * LeastPart);
        }

        return new MemoryFinding
        {
            Rule = Rule,
            Evidence = [FindingNumber.Bytes(Evidence.NativeBytes, native), FindingNumber.Bytes(Evidence.GrownBytes, native - lowest)],
        };
    }
}
