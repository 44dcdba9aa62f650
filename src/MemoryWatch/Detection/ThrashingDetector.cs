using MemoryWatch.Snapshots;
using MemoryWatch.Values;

namespace MemoryWatch.Detection;

/// <summary>
/// Raises one alert when the container is so short of memory that the page cache is thrashed: the kernel drops files that are
/// read again at once, and everything crawls although nothing is killed. Judged by the container's own pressure where the
/// kernel tells it (v2), else by how much of files had to be read again. Never by the host's pressure.
/// </summary>
internal sealed class ThrashingDetector(TimeProvider time) : IMemoryDetector
{
    public const string Kind = "thrashing";

    /// <summary>All tasks waiting for memory this part of the time, in percent, is thrashing.</summary>
    public const double PressurePercent = 10;

    /// <summary>Having to read files of this part of the limit again within the period is thrashing.</summary>
    public const double RefaultedPart = 0.1;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private long? _refaultsBefore;
    private long _periodStart = time.GetTimestamp();
    private long? _refaultedBytes;
    private bool _thrashing;

    public MemoryAlert? Inspect(in MemorySnapshot snapshot)
    {
        var container = snapshot.Container;
        CountRefaults(container.FileRefaults);
        var (badness, message) = container.PressureFull is { } pressure
            ? (pressure / PressurePercent, $"all tasks waited for memory {MemoryText.Percent(pressure / 100)} of the last 10 s")
            : _refaultedBytes is { } bytes && container.LimitBytes is > 0 and { } limit
                ? (bytes / (limit * RefaultedPart), $"{MemoryText.Megabytes(bytes)} of files had to be read again within 10 s")
                : (0, string.Empty);

        // Over when it is less than half as bad: what hovers is told once.
        var before = _thrashing;
        _thrashing = badness >= (before ? 0.5 : 1);
        return _thrashing && !before
            ? new(
                Kind,
                AlertSeverity.Warning,
                $"⚠️ PAGE CACHE THRASHING: {message}",
                [
                    new("pressure_full_percent", container.PressureFull),
                    new("refaulted_bytes", _refaultedBytes),
                ])
            : null;
    }

    private void CountRefaults(long? refaults)
    {
        // The count starts anew in another group.
        if (refaults is null || _refaultsBefore is null || refaults < _refaultsBefore)
        {
            (_refaultsBefore, _periodStart, _refaultedBytes) = (refaults, time.GetTimestamp(), null);
        }
        else if (time.GetElapsedTime(_periodStart) >= Period)
        {
            _refaultedBytes = (refaults - _refaultsBefore) * Environment.SystemPageSize;
            (_refaultsBefore, _periodStart) = (refaults, time.GetTimestamp());
        }
    }
}
