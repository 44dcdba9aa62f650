namespace MemoryWatch.Judge;

/// <summary>Fires if something in the GC's configuration does not fit the memory that there is (<see cref="GcJudge"/>).</summary>
internal sealed class GcSettingsRule : IFindingRule
{
    public FindingRule Rule => FindingRule.GcSettings;

    public RuleResult Inspect(FindingFacts facts)
    {
        if (facts.Inputs.GcFit is not { } fit)
        {
            return RuleResult.NotReadable;
        }

        if (fit.Mismatches.Count == 0)
        {
            return RuleResult.NotReached(FindingNumber.Count(Evidence.Count, 0), 1);
        }

        return new MemoryFinding
        {
            Rule = Rule,
            Subject = fit.Mismatches[0].Setting?.Name,
            GcFit = fit,
            Evidence = [FindingNumber.Count(Evidence.Count, fit.Mismatches.Count)],
        };
    }
}
