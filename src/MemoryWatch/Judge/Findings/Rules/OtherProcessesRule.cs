namespace MemoryWatch.Judge;

/// <summary>Fires if the largest other processes of the container together have at least a fifth of its limit in memory.</summary>
internal sealed class OtherProcessesRule : IFindingRule
{
    private const double LeastPart = 0.2;

    public FindingRule Rule => FindingRule.OtherProcesses;

    public RuleResult Inspect(FindingFacts facts)
    {
        if (facts.Snapshot.Container.LimitBytes is not { } limit)
        {
            return RuleResult.NotApplicable;
        }

        if (facts.Inputs.Processes is not { } processes)
        {
            return facts.Snapshot.Container.OtherProcesses == 0
                ? RuleResult.NotReached(FindingNumber.Count(Evidence.Count, 0))
                : RuleResult.NotReadable;
        }

        var total = processes.Sum(process => process.ResidentBytes);
        if (total < limit * LeastPart || processes.Count == 0)
        {
            return RuleResult.NotReached(FindingNumber.Bytes(Evidence.TotalBytes, total), limit * LeastPart);
        }

        return new MemoryFinding
        {
            Rule = Rule,
            Severity = facts.Severity,
            Subject = processes[0].Name,
            Processes = processes,
            Evidence =
            [
                FindingNumber.Bytes(Evidence.TotalBytes, total), FindingNumber.Bytes(Evidence.LimitBytes, limit),
                FindingNumber.Count(Evidence.Count, processes.Count),
            ],
        };
    }
}
