namespace MemoryWatch;

/// <summary>Usage has reached the high threshold.</summary>
/// <param name="usage">What is used of which limit.</param>
/// <param name="thresholdBytes">The threshold, in bytes.</param>
public sealed class HighMemoryAlert(MemoryUsage usage, long thresholdBytes) : MemoryAlert("high_memory", AlertSeverity.Warning)
{
    /// <summary>What is used of which limit.</summary>
    public MemoryUsage Usage { get; } = usage;

    /// <summary>The threshold, in bytes.</summary>
    public long ThresholdBytes { get; } = thresholdBytes;

    /// <summary>One line: <c>high_memory: 410.0 MB of 512 MB used (80.1%), threshold 400 MB</c>.</summary>
    public override string ToString() => $"{Kind}: {Usage}, threshold {MemoryText.Limit(ThresholdBytes)}";
}
