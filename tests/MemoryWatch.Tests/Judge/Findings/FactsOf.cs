using MemoryWatch.Judge;
using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Judge.Findings;

/// <summary>Facts with the few numbers that a test is about, in megabytes, in a container of 512 MB.</summary>
internal static class FactsOf
{
    public const double Limit = 512;

    public static FindingFacts Nothing { get; } = Memory(100);

    /// <summary>A reading in the zone that its usage has by default.</summary>
    public static FindingFacts Memory(
        double used, double? anonymous = null, ManagedReading managed = default, UsagePrecision precision = UsagePrecision.Exact, double? usage = null,
        double? least = null) => Of(new MemorySnapshot
    {
        Usage = new()
        {
            UsedBytes = Bytes.Megabytes(used), LimitBytes = Bytes.Megabytes(Limit), Source = LimitSource.Container, Precision = precision,
            LeastUsedBytes = least is { } lower ? Bytes.Megabytes(lower) : null,
        },
        Process = new()
        {
            ResidentBytes = Bytes.Megabytes(used), AnonymousBytes = anonymous is { } known ? Bytes.Megabytes(known) : null,
        },
        Managed = managed,
        Container = new()
        {
            Version = 2, LimitBytes = Bytes.Megabytes(Limit), UsedBytes = Bytes.Megabytes(used),
            UsageBytes = usage is { } all ? Bytes.Megabytes(all) : null,
        },
    });

    public static FindingFacts Of(MemorySnapshot snapshot) =>
        new(snapshot.Judged(Zones.Next(default, snapshot, JudgeSettingsOf.Defaults)), FindingInputs.None);

    public static ManagedReading Heap(double heap, double live, double committed, double large = 0) => new()
    {
        HeapBytes = Bytes.Megabytes(heap), LiveBytes = Bytes.Megabytes(live), CommittedBytes = Bytes.Megabytes(committed),
        LargeObjectBytes = Bytes.Megabytes(large),
    };

    public static MetricTrend Trend(
        MetricDefinition metric, long value, long lowest = 0, long riseFrom = 0, double riseSeconds = 0, int steps = 0, bool hasFallen = false,
        double levelSeconds = 0, long? highest = null) =>
        new(metric, value, lowest, highest ?? value, riseFrom, TimeSpan.FromSeconds(riseSeconds), steps, hasFallen, TimeSpan.FromSeconds(levelSeconds));

    public static MetricCost Cost(MetricDefinition metric, double each, double spread = 1) =>
        new(metric, new(Bytes.Megabytes(each), Bytes.Megabytes(each - spread), Bytes.Megabytes(each + spread)), 9);

    /// <summary>The finding of a rule; absent where it is silent.</summary>
    public static MemoryFinding? Finding(this FindingFacts facts, FindingRule rule) =>
        FindingJudge.Judge(facts).Findings.FirstOrDefault(finding => finding.Rule == rule);

    /// <summary>Why a rule is silent; absent where it fires.</summary>
    public static FindingSilence? Silence(this FindingFacts facts, FindingRule rule) =>
        FindingJudge.Judge(facts).Silent.FirstOrDefault(silent => silent.Rule == rule)?.Reason;
}
