namespace MemoryWatch.Judge;

/// <summary>Fires if very many operations of one name have been in flight for more than ten minutes.</summary>
internal sealed class ForgottenScopesRule : IFindingRule
{
    public FindingRule Rule => FindingRule.ForgottenScopes;

    public RuleResult Inspect(FindingFacts facts)
    {
        var most = facts.Forgotten.OrderByDescending(operations => operations.Count).FirstOrDefault();
        if (most.Count < ForgottenJudge.LeastOld)
        {
            return RuleResult.NotReached(FindingNumber.Count(Evidence.Count, most.Count), ForgottenJudge.LeastOld);
        }

        return new MemoryFinding { Rule = Rule, Subject = most.Name, Evidence = [FindingNumber.Count(Evidence.Count, most.Count)] };
    }
}
