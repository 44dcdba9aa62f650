namespace MemoryWatch.Judge;

/// <summary>
/// Raises an alert when resident memory rises by the threshold within the sliding window: once per climb, and never from the first reading, which
/// is the baseline. A climb ends when memory has made no new high worth a tenth of the threshold for a quarter of the window, or when the rise
/// has left the window. After that, a new rise is a new climb. Repeated climbs to the same height (a large buffer in every request) raise one
/// alert per window.
/// </summary>
internal sealed class SpikeDetector(TimeProvider time) : IDetector
{
    private readonly long _started = time.GetTimestamp();
    private readonly SlidingMinimum _floor = new();
    private TimeSpan _window;
    private bool _climbing;
    private long _top;
    private TimeSpan _topAt;
    private TimeSpan _alertedAt = TimeSpan.MinValue;

    public MemoryAlert? Inspect(MemorySnapshot snapshot, JudgeSettings settings)
    {
        if (snapshot.Process.ResidentBytes is not { } resident
            || settings.Spike.Resolve(snapshot.Usage.LimitBytes) is not { } threshold)
        {
            return null;
        }

        if (_window != settings.SpikeWindow)
        {
            // Slices of a different width cannot be compared.
            _floor.Clear();
            _window = settings.SpikeWindow;
        }

        var now = time.GetElapsedTime(_started);
        var peak = Math.Max(resident, snapshot.PeakResidentBytes ?? 0);

        // The first reading has no floor yet, so even an earlier peak cannot be a spike.
        var rise = _floor.Lowest(now, _window) is { } floor ? peak - floor : 0;
        _floor.Add(now, _window, resident);
        if (_climbing)
        {
            Follow(now, resident, peak, rise, threshold);
            return null;
        }

        if (rise < threshold)
        {
            return null;
        }

        var again = _alertedAt > TimeSpan.MinValue && now - _alertedAt < _window && !IsNewTop(peak, threshold);
        (_climbing, _top, _topAt) = (true, Math.Max(peak, again ? _top : 0), now);
        if (again)
        {
            return null;
        }

        _alertedAt = now;
        return new SpikeAlert(rise, _window, threshold);
    }

    private void Follow(TimeSpan now, long resident, long peak, long rise, long threshold)
    {
        if (IsNewTop(peak, threshold))
        {
            (_top, _topAt) = (peak, now);
        }

        if (rise < threshold || now - _topAt >= _window / 4)
        {
            _climbing = false;
            _floor.Clear();
            _floor.Add(now, _window, resident);
        }
    }

    private bool IsNewTop(long peak, long threshold) => peak > _top + (threshold / 10);
}
