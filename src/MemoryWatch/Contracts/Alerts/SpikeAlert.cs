using System.Globalization;

namespace MemoryWatch;

/// <summary>Resident memory has risen by the spike threshold within the spike window.</summary>
/// <param name="increaseBytes">By how much it has risen, in bytes.</param>
/// <param name="window">The window that it was looked for in.</param>
/// <param name="thresholdBytes">The threshold, in bytes.</param>
public sealed class SpikeAlert(long increaseBytes, TimeSpan window, long thresholdBytes) : MemoryAlert("spike", AlertSeverity.Warning)
{
    /// <summary>By how much resident memory has risen above its lowest within the window, in bytes.</summary>
    public long IncreaseBytes { get; } = increaseBytes;

    /// <summary>The window that it was looked for in; the rise may have taken less.</summary>
    public TimeSpan Window { get; } = window;

    /// <summary>The threshold, in bytes.</summary>
    public long ThresholdBytes { get; } = thresholdBytes;

    /// <summary>One line: <c>spike: +104.2 MB within 60 s, threshold 50 MB</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Kind}: {MemoryText.Change(IncreaseBytes)} within {Window.TotalSeconds:0.#} s, threshold {MemoryText.Limit(ThresholdBytes)}");
}
