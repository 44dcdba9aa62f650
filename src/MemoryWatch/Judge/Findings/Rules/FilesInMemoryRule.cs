namespace MemoryWatch.Judge;

/// <summary>Fires if a folder that the application watches is in memory, because each file there counts against the limit.</summary>
internal sealed class FilesInMemoryRule : IFindingRule
{
    public FindingRule Rule => FindingRule.FilesInMemory;

    public RuleResult Inspect(FindingFacts facts)
    {
        if (facts.Inputs.FoldersInMemory is not { } folders)
        {
            return RuleResult.NotApplicable;
        }

        if (folders.Count == 0)
        {
            return RuleResult.NotReached(FindingNumber.Count(Evidence.Count, 0), 1);
        }

        var (path, bytes) = folders.MaxBy(folder => folder.Bytes ?? 0);
        return new MemoryFinding
        {
            Rule = Rule,
            Severity = facts.IsElevated ? facts.Severity : AlertSeverity.Information,
            Subject = path,
            Evidence = bytes is { } known ? [FindingNumber.Bytes(Evidence.FolderBytes, known)] : [],
        };
    }
}
