namespace MemoryWatch;

/// <summary>
/// Reported once when memory has risen by the spike threshold, no higher than before, and the rise was taken back, in the healthy zone. Such a
/// swing is no spike; it is reported again only if it becomes larger by a quarter.
/// </summary>
/// <param name="swingBytes">The rise that was taken back, in bytes.</param>
/// <param name="isCollected">Whether a GC ran between the beginning of the rise and its end.</param>
/// <example>
/// <code>
/// // Memory that rises and is collected again and again is load, not a leak.
/// if (alert is SwingAlert { IsCollected: true } swing)
/// {
///     logger.LogInformation("Leave {Bytes} bytes free for work that comes and goes", swing.SwingBytes);
/// }
/// </code>
/// </example>
public sealed class SwingAlert(long swingBytes, bool isCollected = true) : MemoryAlert("swing", AlertSeverity.Information)
{
    /// <summary>The rise that was taken back, in bytes.</summary>
    public long SwingBytes { get; } = swingBytes;

    /// <summary>
    /// Whether a GC ran between the beginning of the rise and its end. If none did, the memory was freed otherwise: it was native or shared.
    /// </summary>
    public bool IsCollected { get; } = isCollected;

    /// <summary>Returns one line, such as <c>swing: 80.0 MB between collections</c>.</summary>
    public override string ToString() =>
        $"{Kind}: {MemoryText.Megabytes(SwingBytes)} {(IsCollected ? "between collections" : "without a collection")}";
}
