using MemoryWatch.Guard;

namespace MemoryWatch.Act;

/// <summary>
/// Asks the relief steps in their order while memory is high, one at a time, without ever waiting for one: a step goes on
/// beside the watch, which looks at each tick whether it has ended. Used by the watch thread only.
/// </summary>
internal sealed class ReliefLadder(ReliefStep[] steps, PluginRunner runner, Func<ReliefMeasure> measure, TimeProvider time)
{
    // What a cancelled step gets to clean up before its thread is given up.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    // An array, as rounds are of many; empty places never stay in it while a step runs.
    private readonly ReliefStep[] _round = new ReliefStep[1];
    private bool _isRunning;
    private bool _isCancelled;
    private MemoryZone _zone;
    private ReliefMeasure _before;
    private long _startedAt;

    /// <summary>Looks after the step that runs, or starts the next that is due.</summary>
    /// <returns>What a step did that has ended since the last call.</returns>
    public ReliefOutcome? Advance(MemoryZone zone, bool isHigh)
    {
        if (_isRunning)
        {
            return Follow(_round[0]);
        }

        foreach (var step in steps)
        {
            if (isHigh && step.IsWanted && zone >= step.Plan.StartsAt && step.HasRested(zone) && TryStart(step, zone))
            {
                break;
            }
        }

        return null;
    }

    /// <summary>Starts a step at once, whatever the zone.</summary>
    /// <returns>Whether it was started: not while one runs, or this one still rests from a fault.</returns>
    public bool TryStart(ReliefStep step, MemoryZone zone)
    {
        if (_isRunning)
        {
            return false;
        }

        _round[0] = step;
        (_zone, _before, _startedAt, _isCancelled) = (zone, measure(), time.GetTimestamp(), false);
        return _isRunning = runner.TryBegin(_round);
    }

    /// <summary>Asks the step that runs, if any, to stop.</summary>
    public void Stop()
    {
        if (_isRunning)
        {
            _round[0].Cancel();
        }
    }

    private ReliefOutcome? Follow(ReliefStep step)
    {
        var elapsed = time.GetElapsedTime(_startedAt);
        var limit = step.Plan.TimeLimit;
        if (elapsed >= limit && !_isCancelled)
        {
            _isCancelled = true;
            step.Cancel();
        }

        if (!runner.TryEnd(_round, giveUp: elapsed >= limit + Grace))
        {
            return null;
        }

        _isRunning = false;
        return step.Conclude(_zone, _before, _startedAt);
    }
}
