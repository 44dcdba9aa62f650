namespace MemoryWatch.Judge;

/// <summary>
/// Raises one alert when the page cache is thrashing because the container is short of memory. The kernel then drops file pages that are read
/// again at once, and everything slows down although no process is killed. The detector uses the container's memory pressure if the kernel
/// provides it (cgroup v2). Otherwise it checks whether more file pages were read again than the container has free memory for. It never uses the
/// host's pressure.
/// </summary>
internal sealed class ThrashingDetector(TimeProvider time) : IDetector
{
    /// <summary>If all tasks wait for memory for at least this part of the time, in percent, the container is thrashing.</summary>
    public const double PressurePercent = 10;

    /// <summary>
    /// If more than this part of the limit is left for the page cache, files read again are not a sign of thrashing: any container drops and
    /// rereads the pages of a large file that is written and read once.
    /// </summary>
    public const double AmpleRoomPart = 0.5;

    /// <summary>Less than this part of the limit read again within the period is not thrashing.</summary>
    public const double RefaultedPart = 0.1;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private long? _refaultsBefore;
    private CounterOwner _owner;
    private long _periodStart = time.GetTimestamp();
    private long? _refaultedBytes;
    private bool _thrashing;

    public MemoryAlert? Inspect(MemorySnapshot snapshot, JudgeSettings settings)
    {
        var container = snapshot.Container;
        CountRefaults(container.FileRefaults, container.Owner);
        var badness = container.PressureFull is { } pressure ? pressure / PressurePercent
            : _refaultedBytes is { } bytes && Tolerable(container) is { } tolerable ? bytes / tolerable
            : 0;

        // Ends when it is less than half as bad, so that a value that hovers raises one alert.
        var before = _thrashing;
        _thrashing = badness >= (before ? 0.5 : 1);
        return _thrashing && !before ? new ThrashingAlert(container.PressureFull, _refaultedBytes) : null;
    }

    /// <summary>
    /// How many bytes may be read again within a period: as many as are free for the page cache, so that it was replaced once.
    /// <see langword="null"/> if the page cache has ample memory, or if the limit or the usage without page cache is unknown.
    /// </summary>
    private static double? Tolerable(in ContainerReading container) =>
        container.UsedPrecision != UsagePrecision.AtMost
        && container.LimitBytes is { } limit && limit - container.UsedBytes is { } room && room < limit * AmpleRoomPart
            ? Math.Max(room, limit * RefaultedPart)
            : null;

    private void CountRefaults(long? refaults, in CounterOwner owner)
    {
        // Another level or another cgroup has another count: it says nothing about what was read again since the last tick.
        if (refaults is null || _refaultsBefore is null || refaults < _refaultsBefore || owner != _owner)
        {
            (_refaultsBefore, _owner, _periodStart, _refaultedBytes) = (refaults, owner, time.GetTimestamp(), null);
        }
        else if (time.GetElapsedTime(_periodStart) is var elapsed && elapsed >= Period)
        {
            // Ticks can be further apart than the period, so what is compared is the rate.
            var bytes = (double)(refaults.Value - _refaultsBefore.Value) * Environment.SystemPageSize;
            _refaultedBytes = (long)(bytes * (Period / elapsed));
            (_refaultsBefore, _periodStart) = (refaults, time.GetTimestamp());
        }
    }
}
