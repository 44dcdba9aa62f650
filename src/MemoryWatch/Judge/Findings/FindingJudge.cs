namespace MemoryWatch.Judge;

/// <summary>Applies all rules to the facts.</summary>
internal static class FindingJudge
{
    /// <summary>All rules, in the order of <see cref="FindingRule"/>.</summary>
    public static IReadOnlyList<IFindingRule> Rules { get; } =
    [
        new LeakRule(FindingRule.ManagedLeak, LeakTrack.Managed), new LeakRule(FindingRule.NativeLeak, LeakTrack.Native), new NotFreedRule(),
        new UncollectedObjectsRule(), new TooManyItemsRule(), new QueueBuildUpRule(), new OperationSpikeRule(), new OverBudgetRule(),
        new OtherProcessesRule(), new FilesInMemoryRule(), new ForgottenScopesRule(), new StuckOperationRule(), new ThreadGrowthRule(),
        new HandleGrowthRule(), new NativeGrowthRule(), new NativeHeapFreeRule(), new LargeObjectsRule(), new CommittedAboveLiveRule(),
        new BoxTooSmallRule(), new GcSettingsRule(), new FutileCollectionsRule(), new LongPausesRule(), new ThrashingRule(), new PageCacheRule(),
    ];

    public static MemoryDiagnosis Judge(FindingFacts facts)
    {
        var findings = new List<MemoryFinding>();
        var silent = new List<SilentRule>();
        foreach (var rule in Rules)
        {
            var result = rule.Inspect(facts);
            if (result.Finding is { } finding)
            {
                findings.Add(finding);
            }
            else
            {
                silent.Add(new(rule.Rule, result.Reason, result.Value, result.Threshold));
            }
        }

        return new()
        {
            Time = facts.Snapshot.Time,
            Findings = [.. findings.OrderByDescending(finding => finding.Severity).ThenBy(finding => finding.Rule)],
            Silent = silent,
            Leaks = facts.Inputs.Leaks ?? [],
            Costs = facts.Costs,
            Capacity = facts.Capacity,
            TimeToLimit = facts.Inputs.TimeToLimit,
        };
    }
}
