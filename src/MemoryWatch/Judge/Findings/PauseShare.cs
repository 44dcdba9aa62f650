namespace MemoryWatch.Judge;

/// <summary>The part of the last minute or two in which GCs paused the process. For one caller at a time.</summary>
internal sealed class PauseShare
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private (TimeSpan At, TimeSpan Pause)? _before;
    private (TimeSpan At, TimeSpan Pause)? _last;
    private (TimeSpan At, TimeSpan Pause) _now;

    /// <summary>The part, 0 to 1; <see langword="null"/> before a minute has passed.</summary>
    public double? Fraction => _before is { } before && _now.At > before.At
        ? Math.Clamp((_now.Pause - before.Pause) / (_now.At - before.At), 0, 1)
        : null;

    public void Keep(TimeSpan totalPause, TimeSpan now)
    {
        _now = (now, totalPause);
        if (_last is null)
        {
            _last = _now;
        }
        else if (now - _last.Value.At >= Period)
        {
            (_before, _last) = (_last, _now);
        }
    }
}
