namespace MemoryWatch.Judge;

/// <summary>
/// Fires if even the lower end of what the load needs exceeds the limit, or if the maximum that the application allows for its costliest metric
/// does not fit.
/// </summary>
internal sealed class BoxTooSmallRule : IFindingRule
{
    public FindingRule Rule => FindingRule.BoxTooSmall;

    public RuleResult Inspect(FindingFacts facts)
    {
        if (facts.LimitBytes is null)
        {
            return RuleResult.NotApplicable;
        }

        if (facts.Capacity is not { } capacity)
        {
            return RuleResult.TooLittleData;
        }

        var isMaximumTooHigh = capacity.MostUnits < capacity.Cost?.Metric.Maximum;
        if (!capacity.IsTooSmall && !isMaximumTooHigh)
        {
            return RuleResult.NotReached(FindingNumber.Bytes(Evidence.NeededBytes, capacity.NeededBytes.Value), capacity.LimitBytes);
        }

        return new MemoryFinding
        {
            Rule = Rule,
            Severity = capacity.IsTooSmall || facts.IsElevated ? AlertSeverity.Warning : AlertSeverity.Information,
            Subject = capacity.Cost?.Metric.Name,
            Capacity = capacity,
            Cost = capacity.Cost,
            Evidence =
            [
                FindingNumber.Bytes(Evidence.NeededBytes, capacity.NeededBytes.Value), FindingNumber.Bytes(Evidence.LimitBytes, capacity.LimitBytes),
                .. capacity.MostUnits is { } most ? [FindingNumber.Count(Evidence.Count, most)] : (FindingNumber[])[],
                .. capacity.Cost?.Metric.Maximum is { } maximum ? [FindingNumber.Count(Evidence.Maximum, maximum)] : (FindingNumber[])[],
            ],
        };
    }
}
