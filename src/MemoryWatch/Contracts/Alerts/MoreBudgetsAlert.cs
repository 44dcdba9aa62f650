namespace MemoryWatch;

/// <summary>Operations beyond the few that are told one by one have gone over their budget since the tick before.</summary>
/// <param name="count">How many.</param>
public sealed class MoreBudgetsAlert(long count) : MemoryAlert("budget", AlertSeverity.Warning)
{
    /// <summary>How many.</summary>
    public long Count { get; } = count;

    /// <summary>One line: <c>budget: 12 more</c>.</summary>
    public override string ToString() => $"{Kind}: {MemoryText.Count(Count)} more";
}
