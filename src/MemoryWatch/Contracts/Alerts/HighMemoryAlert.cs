namespace MemoryWatch;

/// <summary>Raised when usage reaches the high threshold, and again only after usage has fallen below it by more than 3 % of the limit.</summary>
/// <param name="usage">The used memory and the governing limit.</param>
/// <param name="thresholdBytes">The high threshold, in bytes.</param>
/// <example>
/// <code>
/// if (alert is HighMemoryAlert high)
/// {
///     await SendAsync($"{high.Usage.UsedBytes >> 20} MB used, threshold {high.ThresholdBytes >> 20} MB");
/// }
/// </code>
/// </example>
public sealed class HighMemoryAlert(MemoryUsage usage, long thresholdBytes) : MemoryAlert("high_memory", AlertSeverity.Warning)
{
    /// <summary>The used memory and the governing limit when the alert was raised.</summary>
    public MemoryUsage Usage { get; } = usage;

    /// <summary>The high threshold (<see cref="MemoryWatchOptions.HighThreshold"/>), in bytes.</summary>
    public long ThresholdBytes { get; } = thresholdBytes;

    /// <summary>Returns one line, such as <c>high_memory: 410.0 MB of 512 MB used (80.1%), threshold 400 MB</c>.</summary>
    public override string ToString() => $"{Kind}: {Usage}, threshold {MemoryText.Limit(ThresholdBytes)}";
}
