namespace MemoryWatch.Judge;

/// <summary>Fires if there are twice as many threads as at the lowest, and at least 100 more.</summary>
internal sealed class ThreadGrowthRule : IFindingRule
{
    private const long LeastGrowth = 100;

    public FindingRule Rule => FindingRule.ThreadGrowth;

    public RuleResult Inspect(FindingFacts facts) => CountGrowth.Inspect(Rule, facts.Threads, LeastGrowth);
}
