namespace MemoryWatch.Judge;

/// <summary>
/// Fires if one operation allocated at least three quarters of what was allocated in a spike of the last minutes, and the memory is not there to
/// stay: the operation is still running, or no full GC has looked since it was, or memory has fallen again.
/// </summary>
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

        if (facts.Spike is not { Alert: var spike } recent)
        {
            return RuleResult.NotReached();
        }

        if (spike.Cause is not { MainPart: MemoryCausePart.Managed, Operations: [{ Count: 1 } first, ..] } cause || first.Share < LeastShare)
        {
            return RuleResult.NotReached(
                FindingNumber.Fraction(Evidence.Share, spike.Cause is { Operations: [var top, ..] } ? top.Share : 0), LeastShare);
        }

        if (!IsPassing(facts, recent, first))
        {
            return RuleResult.NotReached(FindingNumber.Bytes(Evidence.GrownBytes, spike.IncreaseBytes));
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

    private static bool IsPassing(FindingFacts facts, RecentSpike recent, MemoryCauseOperation operation)
    {
        var isCollected = facts.Snapshot.Managed.Generation2Collections != recent.Snapshot.Managed.Generation2Collections;
        return recent.Snapshot.HighestResidentBytes - facts.Snapshot.Process.ResidentBytes >= recent.Alert.IncreaseBytes / 2
            || (operation.IsRunning && (!isCollected || facts.InFlight.Any(inFlight => inFlight.Name == operation.Name)));
    }
}
