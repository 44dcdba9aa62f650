namespace MemoryWatch.Judge;

/// <summary>
/// Fires if the C library keeps at least a tenth of the limit, and 32 MB, free in its arenas, and native memory is large enough for that to be
/// resident. It is a warning while memory is elevated. Silent if the user limits the number of arenas already.
/// </summary>
internal sealed class NativeHeapFreeRule : IFindingRule
{
    private const double LeastPart = 0.1;
    private const long LeastBytes = 32 << 20;

    public FindingRule Rule => FindingRule.NativeHeapFree;

    public RuleResult Inspect(FindingFacts facts)
    {
        if (facts.Inputs.AreArenasLimited)
        {
            return RuleResult.NotApplicable;
        }

        if (facts.Inputs.NativeHeap is not { } heap || Footprint.NativeBytes(facts.Snapshot) is not { } native)
        {
            return RuleResult.NotReadable;
        }

        var threshold = Math.Max(LeastBytes, (facts.LimitBytes ?? 0) * LeastPart);
        if (heap.FreeBytes < threshold || native < heap.FreeBytes || heap.ArenaCount < 2)
        {
            return RuleResult.NotReached(FindingNumber.Bytes(Evidence.FreeBytes, heap.FreeBytes), threshold);
        }

        return new MemoryFinding
        {
            Rule = Rule,
            Severity = facts.IsElevated ? AlertSeverity.Warning : AlertSeverity.Information,
            Evidence =
            [
                FindingNumber.Bytes(Evidence.FreeBytes, heap.FreeBytes), FindingNumber.Count(Evidence.Arenas, heap.ArenaCount),
                FindingNumber.Bytes(Evidence.NativeBytes, native),
            ],
        };
    }
}
