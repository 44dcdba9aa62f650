using System.Text.Json.Serialization;

namespace MemoryWatch;

/// <summary>
/// Something in the program or its surroundings that explains high memory or leads to it, as numbers.
/// <see cref="MemoryDescriptions.Describe(MemoryFinding)"/> returns its text, with the advice.
/// </summary>
/// <example>
/// <code>
/// foreach (MemoryFinding finding in watch.Diagnose().Findings.Where(f => f.Rule != FindingRule.GcSettings))
/// {
///     await SendAsync(finding.Describe());
/// }
/// </code>
/// </example>
public sealed class MemoryFinding
{
    /// <summary>The rule that fired.</summary>
    public required FindingRule Rule { get; init; }

    /// <summary>How much it matters.</summary>
    public AlertSeverity Severity { get; init; } = AlertSeverity.Warning;

    /// <summary>
    /// What the finding is about: the name of a metric, an operation, a process, a kind of object, or the path of a folder; safe to print.
    /// <see langword="null"/> if it is about the process as a whole.
    /// </summary>
    public string? Subject { get; init; }

    /// <summary>The numbers that the finding rests on; each rule has its own. docs/findings.md lists them.</summary>
    public IReadOnlyList<FindingNumber> Evidence { get; init; } = [];

    /// <summary>What does not fit in the GC's configuration; only for <see cref="FindingRule.GcSettings"/>.</summary>
    [JsonIgnore]
    internal GcFit? GcFit { get; init; }

    /// <summary>The other processes, largest first; empty unless the rule is <see cref="FindingRule.OtherProcesses"/>.</summary>
    public IReadOnlyList<ContainerProcess> Processes { get; init; } = [];

    /// <summary>The estimate of capacity; <see langword="null"/> unless the rule is <see cref="FindingRule.BoxTooSmall"/>.</summary>
    public CapacityEstimate? Capacity { get; init; }

    /// <summary>The cost of what a metric counts, if the finding rests on it.</summary>
    public MetricCost? Cost { get; init; }

    /// <summary>The leak, if the rule is <see cref="FindingRule.ManagedLeak"/> or <see cref="FindingRule.NativeLeak"/>.</summary>
    public LeakAssessment? Leak { get; init; }

    /// <summary>The number with this name; <see langword="null"/> if the finding has none.</summary>
    /// <param name="name">The name, such as <c>free_bytes</c>.</param>
    public double? Number(string name)
    {
        foreach (var number in Evidence)
        {
            if (string.Equals(number.Name, name, StringComparison.Ordinal))
            {
                return number.Value;
            }
        }

        return null;
    }

    /// <summary>Returns one line, such as <c>TooManyItems (Sessions): value 9, maximum 3</c>.</summary>
    public override string ToString() =>
        $"{Rule}{(Subject is null ? string.Empty : $" ({Subject})")}: {string.Join(", ", Evidence)}";
}
