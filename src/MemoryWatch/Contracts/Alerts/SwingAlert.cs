namespace MemoryWatch;

/// <summary>
/// Reported once when memory rises and GCs take the rise back, again and again, in the healthy zone. Such a swing is no spike; it is reported
/// again only if it becomes larger.
/// </summary>
/// <param name="swingBytes">The rise between two GCs, in bytes.</param>
public sealed class SwingAlert(long swingBytes) : MemoryAlert("swing", AlertSeverity.Information)
{
    /// <summary>The rise between two GCs, in bytes.</summary>
    public long SwingBytes { get; } = swingBytes;

    /// <summary>Returns one line, such as <c>swing: 80.0 MB between collections</c>.</summary>
    public override string ToString() => $"{Kind}: {MemoryText.Megabytes(SwingBytes)} between collections";
}
