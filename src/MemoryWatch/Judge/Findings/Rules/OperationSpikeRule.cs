namespace MemoryWatch.Judge;

/// <summary>Fires if one operation allocated at least three quarters of what was allocated in a spike of the last minutes.</summary>
internal sealed class OperationSpikeRule : IFindingRule
{
    private const double LeastShare = 0.75;

    public FindingRule Rule => FindingRule.OperationSpike;

    public RuleResult Inspect(FindingFacts facts)
    {
        if (!facts.IsMetered)
        {
            return RuleResult.NotReadable;
        }

        if (facts.Spike is not { } spike)
        {
            return RuleResult.NotReached();
        }

        if (spike.Cause is not { MainPart: MemoryCausePart.Managed, Operations: [{ Count: 1 } first, ..] } cause || first.Share < LeastShare)
        {
            return RuleResult.NotReached(
                FindingNumber.Fraction(Evidence.Share, spike.Cause is { Operations: [var top, ..] } ? top.Share : 0), LeastShare);
        }

        return new MemoryFinding
        {
            Rule = Rule,
            Subject = first.Name,
            Evidence =
            [
                FindingNumber.Bytes(Evidence.AllocatedBytes, first.AllocatedBytes), FindingNumber.Bytes(Evidence.GrownBytes, spike.IncreaseBytes),
                FindingNumber.Seconds(Evidence.Span, cause.Window), FindingNumber.Fraction(Evidence.Share, first.Share),
            ],
        };
    }
}
