namespace MemoryWatch.Judge;

/// <summary>Fires if a folder that the application watches is in memory, because each file there counts against the limit.</summary>
internal sealed class FilesInMemoryRule : IFindingRule
{
    public FindingRule Rule => FindingRule.FilesInMemory;

    public RuleResult Inspect(FindingFacts facts)
    {
        var known = facts.Inputs.Folders.Count(folder => folder.IsMemory is not null);
        if (known == 0)
        {
            return facts.Inputs.Folders.Count == 0 ? RuleResult.NotApplicable : RuleResult.NotReadable;
        }

        if (facts.Inputs.Folders.FirstOrDefault(folder => folder.IsMemory == true) is not { } found)
        {
            return RuleResult.NotReached(FindingNumber.Count(Evidence.Count, 0), 1);
        }

        return new MemoryFinding
        {
            Rule = Rule,
            Severity = facts.IsElevated ? facts.Severity : AlertSeverity.Information,
            Subject = found.Path,
        };
    }
}
