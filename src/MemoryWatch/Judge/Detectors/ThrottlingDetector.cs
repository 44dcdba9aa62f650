namespace MemoryWatch.Judge;

/// <summary>
/// Raises one alert when the kernel slows the container down because it uses more than <c>memory.high</c>, and the next only after that was over.
/// What counts is the usage without page cache: a container whose files fill the cache up to that limit exceeds it all the time, and the kernel
/// only drops cache. Near the limit, with little cache left, waiting for memory or further throttling is a sign too.
/// </summary>
internal sealed class ThrottlingDetector : IDetector
{
    /// <summary>At or above this part of the limit, all tasks waiting for memory are waiting because of this limit.</summary>
    public const double NearPart = 0.9;

    /// <summary>At or above this part of the limit, there is so little cache left that further throttling means waiting.</summary>
    public const double FullPart = 0.97;

    /// <summary>If all tasks wait for memory for at least this part of the time, in percent, the container is slowed down.</summary>
    public const double PressurePercent = 10;

    private long? _eventsBefore;
    private CounterOwner _owner;
    private bool _isThrottled;

    public MemoryAlert? Inspect(MemorySnapshot snapshot, JudgeSettings settings)
    {
        var container = snapshot.Container;
        var isRising = IsRising(container);
        if (container is not { HighBytes: { } high, HighUsedBytes: { } used })
        {
            // Without the limit it is over; without the usage it stays as it was.
            _isThrottled &= container.HighBytes is not null;
            return null;
        }

        var before = _isThrottled;
        _isThrottled = before
            ? used >= (high * NearPart) - Zones.Margin(high, high)
            : IsSlowedDown(container, (double)used / high, isRising);
        return _isThrottled && !before ? new ThrottlingAlert(container) : null;
    }

    private static bool IsSlowedDown(in ContainerReading container, double part, bool isRising)
    {
        var isWaiting = part >= NearPart && container.PressureFull >= PressurePercent;

        // With all of its page cache, the usage shows nothing: only waiting does.
        return isWaiting || (container.HighPrecision != UsagePrecision.AtMost && (part >= 1 || (part >= FullPart && isRising)));
    }

    private bool IsRising(in ContainerReading container)
    {
        var (events, owner) = (container.HighEvents, container.HighOwner);
        var isRising = events > _eventsBefore && owner == _owner;
        (_eventsBefore, _owner) = (events, owner);
        return isRising;
    }
}
