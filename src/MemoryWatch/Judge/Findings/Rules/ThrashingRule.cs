namespace MemoryWatch.Judge;

/// <summary>Fires while the container waits for memory, or if an alert about thrashing was raised a moment ago.</summary>
internal sealed class ThrashingRule : IFindingRule
{
    public FindingRule Rule => FindingRule.Thrashing;

    public RuleResult Inspect(FindingFacts facts)
    {
        var pressure = facts.Snapshot.Container.PressureFull;
        var isPressed = pressure >= ThrashingDetector.PressurePercent;
        if (facts.Snapshot.Container.Version is null)
        {
            return RuleResult.NotApplicable;
        }

        if (!isPressed && facts.Thrashing is null)
        {
            return pressure is null && facts.Snapshot.Container.FileRefaults is null ? RuleResult.NotReadable
                : RuleResult.NotReached(FindingNumber.Fraction(Evidence.Pressure, (pressure ?? 0) / 100), ThrashingDetector.PressurePercent / 100);
        }

        return new MemoryFinding
        {
            Rule = Rule,
            Evidence =
            [
                .. (isPressed ? pressure : facts.Thrashing?.PressureFullPercent) is { } known
                    ? [FindingNumber.Fraction(Evidence.Pressure, known / 100)]
                    : (FindingNumber[])[],
                .. facts.Thrashing?.RefaultedBytes is { } read ? [FindingNumber.Bytes(Evidence.CacheBytes, read)] : (FindingNumber[])[],
            ],
        };
    }
}
