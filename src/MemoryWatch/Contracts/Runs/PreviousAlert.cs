namespace MemoryWatch;

/// <summary>An alert of a previous run.</summary>
/// <param name="Time">Time of the snapshot that raised the alert (UTC, by the clock of that run).</param>
/// <param name="Kind">Kind of the alert, such as <c>spike</c>.</param>
/// <param name="Severity">Severity of the alert.</param>
/// <param name="Message">One line of text for readers; safe to print.</param>
/// <example>
/// <code>
/// foreach (PreviousAlert last in watch.PreviousRun?.Alerts ?? [])
/// {
///     Console.WriteLine($"{last.Time:u} {last.Message}");
/// }
/// </code>
/// </example>
public sealed record PreviousAlert(DateTimeOffset Time, string Kind, AlertSeverity Severity, string Message);
