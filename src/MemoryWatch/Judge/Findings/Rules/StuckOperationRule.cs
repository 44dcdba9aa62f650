namespace MemoryWatch.Judge;

/// <summary>
/// Fires if an operation has been in flight for more than a minute and five times as long as 99 % of at least 20 operations of its name took.
/// </summary>
internal sealed class StuckOperationRule : IFindingRule
{
    private const int LeastEnded = 20;
    private const double LeastFactor = 5;
    private static readonly TimeSpan LeastAge = TimeSpan.FromMinutes(1);

    public FindingRule Rule => FindingRule.StuckOperation;

    public RuleResult Inspect(FindingFacts facts)
    {
        foreach (var operation in facts.InFlight)
        {
            if (operation.Ended >= LeastEnded && operation.Age >= LeastAge && operation.Age >= operation.UsualAge * LeastFactor)
            {
                return new MemoryFinding
                {
                    Rule = Rule,
                    Subject = operation.Name,
                    Evidence =
                    [
                        FindingNumber.Seconds(Evidence.Age, operation.Age), FindingNumber.Seconds(Evidence.UsualAge, operation.UsualAge),
                        FindingNumber.Count(Evidence.Count, operation.Ended),
                    ],
                };
            }
        }

        return facts.InFlight.Count > 0 && facts.InFlight.All(operation => operation.Ended < LeastEnded)
            ? RuleResult.TooLittleData
            : RuleResult.NotReached(FindingNumber.Seconds(Evidence.Age, facts.InFlight is [var oldest, ..] ? oldest.Age : default));
    }
}
