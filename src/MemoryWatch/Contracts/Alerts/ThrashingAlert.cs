using System.Globalization;

namespace MemoryWatch;

/// <summary>
/// The container is so short of memory that files are dropped from it and read again at once. Told by the container's own pressure, where the
/// kernel tells that, else by how much had to be read again within 10 s.
/// </summary>
/// <param name="pressureFullPercent">The part of the last 10 s in which all tasks waited for memory, in percent; absent where it is not told.</param>
/// <param name="refaultedBytes">How much of files had to be read again within 10 s, in bytes; absent where that is not known.</param>
public sealed class ThrashingAlert(double? pressureFullPercent, long? refaultedBytes) : MemoryAlert("thrashing", AlertSeverity.Warning)
{
    /// <summary>The part of the last 10 s in which all tasks waited for memory, 0 to 100; absent where the kernel does not tell.</summary>
    public double? PressureFullPercent { get; } = pressureFullPercent;

    /// <summary>How much of files had to be read again within 10 s, in bytes; absent where that is not known.</summary>
    public long? RefaultedBytes { get; } = refaultedBytes;

    /// <summary>One line: <c>thrashing: pressure 12.3%, read again 40.0 MB</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Kind}: pressure {MemoryText.Percent(PressureFullPercent / 100)}, read again {MemoryText.Megabytes(RefaultedBytes)}");
}
