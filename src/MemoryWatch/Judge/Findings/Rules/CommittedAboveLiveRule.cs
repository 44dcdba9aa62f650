namespace MemoryWatch.Judge;

/// <summary>
/// Fires while memory is elevated if the GC has committed at least twice what is live, and a quarter of the limit more. Memory that new objects
/// took since the last GC is not counted as held. Silent if the user has set how much the GC conserves memory.
/// </summary>
internal sealed class CommittedAboveLiveRule : IFindingRule
{
    private const double LeastPart = 0.25;

    public FindingRule Rule => FindingRule.CommittedAboveLive;

    public RuleResult Inspect(FindingFacts facts)
    {
        if (facts.LimitBytes is not { } limit || facts.Inputs.IsConservingSet)
        {
            return RuleResult.NotApplicable;
        }

        if (facts.Snapshot.Managed is not { CommittedBytes: { } committed, LiveBytes: { } live, HeapBytes: { } heap })
        {
            return RuleResult.NotReadable;
        }

        var occupied = Math.Max(live, heap);
        if (!facts.IsElevated || committed - occupied < limit * LeastPart || committed < occupied * 2)
        {
            return RuleResult.NotReached(FindingNumber.Bytes(Evidence.FreeBytes, Math.Max(0, committed - occupied)), limit * LeastPart);
        }

        return new MemoryFinding
        {
            Rule = Rule,
            Evidence =
            [
                FindingNumber.Bytes(Evidence.CommittedBytes, committed), FindingNumber.Bytes(Evidence.LiveBytes, occupied),
                FindingNumber.Bytes(Evidence.FreeBytes, committed - occupied),
            ],
        };
    }
}
