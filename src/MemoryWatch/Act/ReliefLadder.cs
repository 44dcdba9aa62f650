using MemoryWatch.Guard;

namespace MemoryWatch.Act;

/// <summary>
/// Calls the relief steps in their order while memory is high, the built-in GC first, one at a time. It never waits for a step: the step runs on
/// another thread, and each tick checks whether it has ended. Used by the watch thread only.
/// </summary>
internal sealed class ReliefLadder
{
    // Time for a canceled step to clean up before its thread is given up.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly CollectionRelief _collecting;
    private readonly ReliefStep _collection;
    private readonly ReliefStep[] _steps;
    private readonly PluginRunner _runner;
    private readonly Func<ReliefMeasure> _measure;
    private readonly TimeProvider _time;

    // An array because the runner takes rounds of several plug-ins; its place is never empty while a step runs.
    private readonly ReliefStep[] _round = new ReliefStep[1];
    private bool _isRunning;
    private bool _isCancelled;
    private MemoryZone _zone;
    private ReliefMeasure _before;
    private long _startedAt;

    /// <param name="users">The application's steps.</param>
    /// <param name="asking">Calls each step once for its plan.</param>
    /// <param name="runner">Calls the steps.</param>
    /// <param name="measure">Measures memory before and after.</param>
    /// <param name="time">The clock.</param>
    /// <param name="onReturned">Called when a step has returned.</param>
    public ReliefLadder(
        IMemoryRelief[] users, PluginRunner asking, PluginRunner runner, Func<ReliefMeasure> measure, TimeProvider time, Action onReturned)
    {
        (_runner, _measure, _time) = (runner, measure, time);
        _collecting = new();
        _collection = new(_collecting, ReliefPlan.Of(_collecting), measure, time, onReturned);
        _steps = [_collection, .. Plan(users, asking).Select(user => new ReliefStep(user.Relief, user.Plan, measure, time, onReturned))];
    }

    /// <summary>Sets whether and how often the built-in GC step is called while memory is high.</summary>
    public void Use(bool collectWhenHigh, TimeSpan cooldown)
    {
        _collection.IsWanted = collectWhenHigh;
        if (_collection.Plan.Cooldown != cooldown)
        {
            _collection.Plan = _collection.Plan with { Cooldown = cooldown };
        }
    }

    /// <summary>Checks the running step, or starts the next one that is due.</summary>
    /// <returns>The outcome of a step that has ended since the last call; <see langword="null"/> if none has.</returns>
    public ReliefOutcome? Advance(TickReport report)
    {
        if (_isRunning)
        {
            return Follow(_round[0]);
        }

        var zone = report.Snapshot.Judgement.ActingZone;
        foreach (var step in _steps)
        {
            if (report.IsHigh && step.IsWanted && zone >= step.Plan.StartsAt && step.HasRested(zone) && TryStart(step, zone))
            {
                break;
            }
        }

        return null;
    }

    /// <summary>Starts the built-in GC step at once, unless a step is running or the GC step is resting after a fault.</summary>
    /// <param name="zone">The zone, which decides how hard the GC works.</param>
    /// <param name="onlyVerifies">Whether the GC only has to find out how much is garbage.</param>
    public void Collect(MemoryZone zone, bool onlyVerifies = false) => TryStart(_collection, zone, onlyVerifies);

    /// <summary>Asks the running step, if any, to stop.</summary>
    public void Stop()
    {
        if (_isRunning)
        {
            _round[0].Cancel();
        }
    }

    private ReliefOutcome? Follow(ReliefStep step)
    {
        var elapsed = _time.GetElapsedTime(_startedAt);
        var limit = step.Plan.TimeLimit;
        if (elapsed >= limit && !_isCancelled)
        {
            _isCancelled = true;
            step.Cancel();
        }

        if (!_runner.TryEnd(_round, giveUp: elapsed - Grace >= limit))
        {
            return null;
        }

        _isRunning = false;
        return step.Conclude(_zone, _before, _startedAt);
    }

    private bool TryStart(ReliefStep step, MemoryZone zone, bool onlyVerifies = false)
    {
        if (_isRunning)
        {
            return false;
        }

        _round[0] = step;
        (_collecting.Zone, _collecting.OnlyVerifies) = (zone, onlyVerifies);
        (_zone, _before, _startedAt, _isCancelled) = (zone, _measure(), _time.GetTimestamp(), false);
        return _isRunning = _runner.TryBegin(_round);
    }

    /// <summary>
    /// Calls the application's steps for their plans; guarded, because this is application code too. A step that does not answer is never called
    /// to relieve.
    /// </summary>
    private static IEnumerable<(IMemoryRelief Relief, ReliefPlan Plan)> Plan(IMemoryRelief[] users, PluginRunner asking)
    {
        var asked = Array.ConvertAll(
            users, user => new Guarded<ReliefPlan>("Relief", SafeText.Name(user.GetType().Name), () => ReliefPlan.Of(user)));
        asking.Run(asked);
        for (var i = 0; i < users.Length; i++)
        {
            if (asked[i].Answer is { } plan)
            {
                yield return (users[i], plan);
            }
        }
    }
}
