namespace MemoryWatch.Judge;

/// <summary>Fires if GCs paused the process for at least a tenth of the last minute or two.</summary>
internal sealed class LongPausesRule : IFindingRule
{
    private const double LeastFraction = 0.1;

    public FindingRule Rule => FindingRule.LongPauses;

    public RuleResult Inspect(FindingFacts facts)
    {
        if (facts.PauseFraction is not { } fraction)
        {
            return RuleResult.TooLittleData;
        }

        if (fraction < LeastFraction)
        {
            return RuleResult.NotReached(FindingNumber.Fraction(Evidence.Pause, fraction), LeastFraction);
        }

        return new MemoryFinding { Rule = Rule, Evidence = [FindingNumber.Fraction(Evidence.Pause, fraction)] };
    }
}
