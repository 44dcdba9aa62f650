namespace MemoryWatch.Judge;

/// <summary>Fires on the leak verdict: a leak that is only suspected is information.</summary>
internal sealed class LeakRule(FindingRule rule, LeakTrack track) : IFindingRule
{
    public FindingRule Rule => rule;

    public RuleResult Inspect(FindingFacts facts)
    {
        if (facts.Inputs.Leaks?.FirstOrDefault(leak => leak.Track == track) is not { } leak)
        {
            return RuleResult.NotReadable;
        }

        return leak.Verdict switch
        {
            LeakVerdict.Unknown => RuleResult.NotReadable,
            LeakVerdict.WarmingUp => RuleResult.TooLittleData,
            < LeakVerdict.Suspected => RuleResult.NotReached(FindingNumber.Bytes(Evidence.GrownBytes, leak.GrownBytes)),
            _ => Finding(leak, facts),
        };
    }

    private MemoryFinding Finding(LeakAssessment leak, FindingFacts facts) => new()
    {
        Rule = rule,
        Severity = leak.Verdict == LeakVerdict.Leaking ? facts.Severity : AlertSeverity.Information,
        Subject = leak.Operation,
        Leak = leak,
        Evidence =
        [
            FindingNumber.Bytes(Evidence.GrownBytes, leak.GrownBytes), FindingNumber.Seconds(Evidence.Span, leak.Observed),
            .. leak.BytesPerHour is { } rate ? [new FindingNumber(Evidence.BytesPerHour, rate.Value, FindingUnit.BytesPerHour)] : (FindingNumber[])[],
            .. leak.BytesPerOperation is { } each ? [FindingNumber.Bytes(Evidence.BytesEach, each.Value)] : (FindingNumber[])[],
        ],
    };
}
