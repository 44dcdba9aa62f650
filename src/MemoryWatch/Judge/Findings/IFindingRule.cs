namespace MemoryWatch.Judge;

/// <summary>One rule of a diagnosis: a pure function of the facts.</summary>
internal interface IFindingRule
{
    FindingRule Rule { get; }

    RuleResult Inspect(FindingFacts facts);
}
