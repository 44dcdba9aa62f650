using System.Globalization;

namespace MemoryWatch;

/// <summary>
/// Raised when the container is so short of memory that the kernel drops files from memory and immediately reads them again. MemoryWatch judges
/// the container's own memory pressure if the kernel reports it. Otherwise it judges how many bytes were read again within 10 s.
/// </summary>
/// <param name="pressureFullPercent">
/// Percentage (0 to 100) of the last 10 s in which all tasks of the container waited for memory; <see langword="null"/> if the kernel does not
/// report it.
/// </param>
/// <param name="refaultedBytes">Bytes of files that were read again within 10 s; <see langword="null"/> if the number is unknown.</param>
/// <example>
/// <code>
/// if (alert is ThrashingAlert thrashing)
/// {
///     queue.IsPaused = true;
///     logger.LogError("All tasks waited for memory for {Percent} % of the time", thrashing.PressureFullPercent);
/// }
/// </code>
/// </example>
public sealed class ThrashingAlert(double? pressureFullPercent, long? refaultedBytes) : MemoryAlert("thrashing", AlertSeverity.Warning)
{
    /// <summary>
    /// Percentage (0 to 100) of the last 10 s in which all tasks of the container waited for memory
    /// (<see cref="ContainerReading.PressureFull"/>); <see langword="null"/> if the kernel does not report it.
    /// </summary>
    public double? PressureFullPercent { get; } = pressureFullPercent;

    /// <summary>
    /// Bytes of files that were read again within 10 s, from <see cref="ContainerReading.FileRefaults"/>; <see langword="null"/> if the number
    /// is unknown.
    /// </summary>
    public long? RefaultedBytes { get; } = refaultedBytes;

    /// <summary>Returns one line, such as <c>thrashing: pressure 12.3%, read again 40.0 MB</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Kind}: pressure {MemoryText.Percent(PressureFullPercent / 100)}, read again {MemoryText.Megabytes(RefaultedBytes)}");
}
