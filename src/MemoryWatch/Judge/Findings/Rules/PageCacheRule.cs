namespace MemoryWatch.Judge;

/// <summary>
/// Fires as information if memory looks elevated only because the page cache could not be subtracted. A full page cache alone is normal in any
/// container that reads or writes files, and nothing to report.
/// </summary>
internal sealed class PageCacheRule : IFindingRule
{
    public FindingRule Rule => FindingRule.PageCache;

    public RuleResult Inspect(FindingFacts facts)
    {
        var usage = facts.Snapshot.Usage;
        if (facts.Snapshot.Container.UsageBytes is not { } all || usage.Source != LimitSource.Container)
        {
            return RuleResult.NotApplicable;
        }

        var cache = all - usage.LeastUsedBytes ?? 0;
        if (!facts.IsElevated || usage.Precision != UsagePrecision.AtMost || facts.Snapshot.Judgement.ActingZone >= MemoryZone.Elevated)
        {
            return RuleResult.NotReached(FindingNumber.Bytes(Evidence.CacheBytes, Math.Max(0, cache)));
        }

        return new MemoryFinding
        {
            Rule = Rule,
            Severity = AlertSeverity.Information,
            Evidence = [FindingNumber.Bytes(Evidence.CacheBytes, cache), FindingNumber.Bytes(Evidence.UsedBytes, usage.LeastUsedBytes ?? 0)],
        };
    }
}
