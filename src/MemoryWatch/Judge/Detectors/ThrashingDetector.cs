namespace MemoryWatch.Judge;

/// <summary>
/// Raises one alert when the container is so short of memory that the page cache is thrashed: the kernel drops files that are
/// read again at once, and everything crawls although nothing is killed. Judged by the container's own pressure where the
/// kernel tells it (v2), else by whether files had to be read again, more of them than the container has room for.
/// Never by the host's pressure.
/// </summary>
internal sealed class ThrashingDetector(TimeProvider time) : IDetector
{
    /// <summary>All tasks waiting for memory this part of the time, in percent, is thrashing.</summary>
    public const double PressurePercent = 10;

    /// <summary>
    /// Files read again are no sign of thrashing while more than this part of the limit is left to the page cache: a large
    /// file that is written and read once comes and goes like that in any container.
    /// </summary>
    public const double AmpleRoomPart = 0.5;

    /// <summary>Having to read less than this part of the limit again within the period is no thrashing.</summary>
    public const double RefaultedPart = 0.1;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private long? _refaultsBefore;
    private long _periodStart = time.GetTimestamp();
    private long? _refaultedBytes;
    private bool _thrashing;

    public MemoryAlert? Inspect(MemorySnapshot snapshot, JudgeSettings settings)
    {
        var container = snapshot.Container;
        CountRefaults(container.FileRefaults);
        var badness = container.PressureFull is { } pressure ? pressure / PressurePercent
            : _refaultedBytes is { } bytes && Tolerable(container) is { } tolerable ? bytes / tolerable
            : 0;

        // Over when it is less than half as bad: what hovers is told once.
        var before = _thrashing;
        _thrashing = badness >= (before ? 0.5 : 1);
        return _thrashing && !before ? new ThrashingAlert(container.PressureFull, _refaultedBytes) : null;
    }

    /// <summary>
    /// How many bytes may be read again within a period: as many as the page cache has room for, so that it was turned over
    /// once. Absent where it has ample room, or that is not known.
    /// </summary>
    private static double? Tolerable(in ContainerReading container) =>
        container.LimitBytes is { } limit && limit - container.UsedBytes is { } room && room < limit * AmpleRoomPart
            ? Math.Max(room, limit * RefaultedPart)
            : null;

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
