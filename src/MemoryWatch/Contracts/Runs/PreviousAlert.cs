namespace MemoryWatch;

/// <summary>An alert of an earlier run.</summary>
/// <param name="Time">When it was raised (UTC, by that run's clock).</param>
/// <param name="Kind">What kind it is, such as <c>spike</c>.</param>
/// <param name="Severity">How much it mattered.</param>
/// <param name="Message">One line for people; safe to print.</param>
public sealed record PreviousAlert(DateTimeOffset Time, string Kind, AlertSeverity Severity, string Message);
