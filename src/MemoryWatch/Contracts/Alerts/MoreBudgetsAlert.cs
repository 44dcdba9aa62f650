namespace MemoryWatch;

/// <summary>Raised if more operations exceeded their budgets since the previous tick than are reported one by one (8 per tick).</summary>
/// <param name="count">Number of alerts that are not reported one by one.</param>
/// <example>
/// <code>
/// if (alert is MoreBudgetsAlert more)
/// {
///     logger.LogWarning("{Count} more operations exceeded their budgets", more.Count);
/// }
/// </code>
/// </example>
public sealed class MoreBudgetsAlert(long count) : MemoryAlert("budget", AlertSeverity.Warning)
{
    /// <summary>Number of budget alerts that are not reported one by one.</summary>
    public long Count { get; } = count;

    /// <summary>Returns one line, such as <c>budget: 12 more</c>.</summary>
    public override string ToString() => $"{Kind}: {MemoryText.Count(Count)} more";
}
