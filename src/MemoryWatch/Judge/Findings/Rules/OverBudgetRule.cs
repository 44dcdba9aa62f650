namespace MemoryWatch.Judge;

/// <summary>Fires if operations exceeded their budget in the last minutes; it names the one that exceeded it most.</summary>
internal sealed class OverBudgetRule : IFindingRule
{
    public FindingRule Rule => FindingRule.OverBudget;

    public RuleResult Inspect(FindingFacts facts)
    {
        if (facts.Budgets.MaxBy(budget => (double)budget.Bytes / Math.Max(1, budget.BudgetBytes)) is not { } most)
        {
            return RuleResult.NotReached(FindingNumber.Count(Evidence.Count, 0), 1);
        }

        return new MemoryFinding
        {
            Rule = Rule,
            Subject = most.Operation,
            Evidence =
            [
                FindingNumber.Bytes(most.Part == BudgetPart.Allocated ? Evidence.AllocatedBytes : Evidence.GrownBytes, most.Bytes),
                FindingNumber.Bytes(Evidence.BudgetBytes, most.BudgetBytes),
                FindingNumber.Count(Evidence.Count, facts.Budgets.Count(budget => budget.Operation == most.Operation)),
            ],
        };
    }
}
