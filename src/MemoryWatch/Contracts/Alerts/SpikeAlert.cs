using System.Globalization;

namespace MemoryWatch;

/// <summary>
/// Raised when memory of this process has risen by at least the spike threshold within the spike window: to a new high, to stay, or in a zone that
/// is not healthy. Only what counts against the limit is judged: resident memory without mapped files.
/// </summary>
/// <param name="increaseBytes">The rise, in bytes.</param>
/// <param name="window">The spike window.</param>
/// <param name="thresholdBytes">The spike threshold, in bytes.</param>
/// <example>
/// <code>
/// if (alert is SpikeAlert { Cause.Operations: [var largest, ..] } spike)
/// {
///     await SendAsync($"+{spike.IncreaseBytes >> 20} MB, most of it by {largest.Name}");
/// }
/// </code>
/// </example>
public sealed class SpikeAlert(long increaseBytes, TimeSpan window, long thresholdBytes) : MemoryAlert("spike", AlertSeverity.Warning)
{
    /// <summary>
    /// The rise of resident memory without mapped files (anonymous and shared memory) above its minimum within the window, in bytes. It includes
    /// peaks between two readings. If the parts of resident memory are unknown, it is the rise of resident memory.
    /// </summary>
    public long IncreaseBytes { get; } = increaseBytes;

    /// <summary>
    /// The spike window (<see cref="MemoryWatchOptions.SpikeWindow"/>); the rise may have taken less time, or as long as two readings are apart.
    /// </summary>
    public TimeSpan Window { get; } = window;

    /// <summary>The spike threshold (<see cref="MemoryWatchOptions.SpikeThreshold"/>), in bytes.</summary>
    public long ThresholdBytes { get; } = thresholdBytes;

    /// <summary>Returns one line, such as <c>spike: +104.2 MB within 60 s, threshold 50 MB</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Kind}: {MemoryText.Change(IncreaseBytes)} within {Window.TotalSeconds:0.#} s, threshold {MemoryText.Limit(ThresholdBytes)}");
}
