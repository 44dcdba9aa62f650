namespace MemoryWatch;

/// <summary>A rule that was looked at and did not fire, and why.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Reason">The reason.</param>
/// <param name="Value">The number that the rule judged; <see langword="null"/> if it had none.</param>
/// <param name="Threshold">The value from which the rule would fire, in the same unit; <see langword="null"/> if it judged no number.</param>
/// <example>
/// <code>
/// // A rule that cannot read its numbers is no clean bill of health.
/// foreach (SilentRule rule in watch.Diagnose().Silent.Where(r => r.Reason == FindingSilence.NotReadable))
/// {
///     Console.WriteLine($"{rule.Rule}: not readable here");
/// }
/// </code>
/// </example>
public sealed record SilentRule(
    FindingRule Rule, FindingSilence Reason, FindingNumber? Value = null, double? Threshold = null);
