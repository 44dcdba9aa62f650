namespace MemoryWatch.Judge;

/// <summary>Fires if there are twice as many open files (on Windows, handles) as at the lowest, and at least 500 more.</summary>
internal sealed class HandleGrowthRule : IFindingRule
{
    private const long LeastGrowth = 500;

    public FindingRule Rule => FindingRule.HandleGrowth;

    public RuleResult Inspect(FindingFacts facts) => CountGrowth.Inspect(Rule, facts.OpenFiles, LeastGrowth);
}
