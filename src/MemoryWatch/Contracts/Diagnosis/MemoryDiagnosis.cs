using System.Text.Json.Serialization;

namespace MemoryWatch;

/// <summary>
/// What explains the memory of the program: the findings, and the rules that were looked at and did not fire. It is immutable and serializes to
/// JSON. <see cref="MemoryDescriptions.Describe(MemoryDiagnosis)"/> returns its text.
/// </summary>
/// <example>
/// <code>
/// app.MapGet("/why", (IMemoryWatch watch) =>
/// {
///     MemoryDiagnosis diagnosis = watch.Diagnose();
///     return diagnosis.Findings.Count == 0 ? "Nothing found" : diagnosis.Describe();
/// });
/// </code>
/// </example>
public sealed class MemoryDiagnosis
{
    /// <summary>A diagnosis of nothing: of a watch that has not started or does nothing.</summary>
    public static MemoryDiagnosis Empty { get; } = new();

    /// <summary>Time of the reading that was diagnosed (UTC).</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>The findings, the most important first; often empty.</summary>
    public IReadOnlyList<MemoryFinding> Findings { get; init; } = [];

    /// <summary>The rules that did not fire, each with the reason.</summary>
    public IReadOnlyList<SilentRule> Silent { get; init; } = [];

    /// <summary>The leak verdict on each kind of memory; empty if none is known.</summary>
    public IReadOnlyList<LeakAssessment> Leaks { get; init; } = [];

    /// <summary>What one unit of each metric costs in memory, for the metrics of which that is known.</summary>
    public IReadOnlyList<MetricCost> Costs { get; init; } = [];

    /// <summary>How much memory the load needs; <see langword="null"/> if unknown.</summary>
    public CapacityEstimate? Capacity { get; init; }

    /// <summary>When memory reaches its limit; <see langword="null"/> if it does not grow significantly.</summary>
    public TimeToLimit? TimeToLimit { get; init; }

    /// <summary>The most important finding, if it is at least a warning.</summary>
    [JsonIgnore]
    internal MemoryFinding? First => Findings.Count > 0 && Findings[0].Severity > AlertSeverity.Information ? Findings[0] : null;

    /// <summary>Returns one line, such as <c>2 findings, first TooManyItems (Sessions): value 9, maximum 3</c>.</summary>
    public override string ToString() => Findings.Count switch
    {
        0 => "0 findings",
        1 => $"1 finding, {Findings[0]}",
        var count => $"{MemoryText.Count(count)} findings, first {Findings[0]}",
    };
}
