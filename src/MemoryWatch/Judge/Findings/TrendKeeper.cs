namespace MemoryWatch.Judge;

/// <summary>Follows one metric, in constant memory. For one caller at a time.</summary>
internal sealed class TrendKeeper(MetricDefinition metric)
{
    // A rise ends when the value has fallen below this part of its highest.
    private const double StillRising = 0.75;

    private bool _hasValue;
    private long _value;
    private long _lowest;
    private long _highest;
    private long _peak;
    private long _riseFrom;
    private TimeSpan _riseBegan;
    private TimeSpan _levelBegan;
    private int _steps;
    private bool _hasFallen;

    public void Keep(long? reading, TimeSpan now)
    {
        if (reading is not { } value)
        {
            return;
        }

        if (!_hasValue)
        {
            (_hasValue, _lowest, _highest) = (true, value, value);
            (_value, _levelBegan) = (value, now);
            Restart(value, now);
            return;
        }

        if (value != _value)
        {
            _levelBegan = now;
        }

        _steps += value > _value ? 1 : 0;
        (_value, _lowest, _highest, _peak) = (value, Math.Min(_lowest, value), Math.Max(_highest, value), Math.Max(_peak, value));
        if (value < _peak * StillRising)
        {
            _hasFallen = true;
            Restart(value, now);
        }
        else if (_steps == 0)
        {
            // A rise begins when the value first moves.
            Restart(value, now);
        }
    }

    /// <summary><see langword="null"/> if the metric has not been read.</summary>
    public MetricTrend? At(TimeSpan now) => _hasValue
        ? new(metric, _value, _lowest, _highest, _riseFrom, now - _riseBegan, _steps, _hasFallen, now - _levelBegan)
        : null;

    private void Restart(long value, TimeSpan now) => (_peak, _riseFrom, _riseBegan, _steps) = (value, value, now, 0);
}
