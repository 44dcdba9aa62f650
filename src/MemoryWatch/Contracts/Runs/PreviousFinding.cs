namespace MemoryWatch;

/// <summary>A finding of a previous run.</summary>
/// <param name="Time">Time of the reading that was diagnosed (UTC, by the clock of that run).</param>
/// <param name="Rule">The rule; <see langword="null"/> if this version does not know it.</param>
/// <param name="Severity">Severity of the finding.</param>
/// <param name="Message">One line of text for readers, with the advice; safe to print.</param>
/// <example>
/// <code>
/// // What was known before the previous run ended.
/// foreach (PreviousFinding finding in watch.PreviousRun?.Findings ?? [])
/// {
///     Console.WriteLine($"{finding.Rule}: {finding.Message}");
/// }
/// </code>
/// </example>
public sealed record PreviousFinding(DateTimeOffset Time, FindingRule? Rule, AlertSeverity Severity, string Message);
