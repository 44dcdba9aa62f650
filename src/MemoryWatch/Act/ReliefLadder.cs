using MemoryWatch.Guard;

namespace MemoryWatch.Act;

/// <summary>
/// Calls the relief steps while memory is high, one at a time, until memory is below the target. It never waits for a step: the step runs on
/// another thread, and each tick checks whether it has ended. Used by the watch thread only, but for <see cref="Standing"/>.
/// </summary>
/// <remarks>
/// <code>
///   high ──┐                    ┌─ a step ends: is memory below the target? yes ─► Reached
///          ▼                    │                          no
///   Cache ► NativeHeap ► Collection ► Application ─── nothing left to try ─► Exhausted ─► Cancel ► Restart
/// </code>
/// A <i>relief</i> lasts from the moment memory is high until it is below the target. Below the high threshold it only goes on to steps that it has
/// not called yet; it repeats none.
/// </remarks>
internal sealed class ReliefLadder
{
    // Time for a canceled step to clean up before its thread is given up.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    // After so long, memory that is high again is another event.
    private static readonly TimeSpan LongCalm = TimeSpan.FromMinutes(10);

    // With less than this committed beyond what is live, and less than this part of the limit, returning it is not worth an aggressive GC.
    private const long LeastHeldBytes = 32 << 20;
    private const double LeastHeldPart = 0.1;

    private readonly CollectionRelief _collecting;
    private readonly Action<CollectionMode> _collect;
    private readonly ReliefStep _collection;
    private readonly ReliefStep[] _trims;
    private readonly ReliefStep[] _steps;
    private readonly PluginRunner _runner;
    private readonly Func<ReliefMeasure> _measure;
    private readonly TimeProvider _time;
    private readonly Action _onReturned;
    private readonly CollectionBudget _budget;

    // An array because the runner takes rounds of several plug-ins; its place is never empty while a step runs.
    private readonly ReliefStep[] _round = new ReliefStep[1];
    private volatile ReliefStanding _standing;
    private ReliefRules _rules;
    private bool _isRunning;
    private bool _isCancelled;
    private bool _onlyObserves;
    private long _startedAt;
    private bool _isRelieving;
    private int _relief;
    private bool _wasHigh;
    private bool _wasAboveTarget;
    private MemoryZone? _exhaustedIn;
    private long _calmSince;

    /// <param name="users">The application's steps, and those of the watch that are not created here.</param>
    /// <param name="trims">The steps that trim the native heap; none if the C library cannot.</param>
    /// <param name="asking">Calls each step once for its plan.</param>
    /// <param name="runner">Calls the steps.</param>
    /// <param name="measure">Measures memory before and after.</param>
    /// <param name="time">The clock.</param>
    /// <param name="onReturned">Called when the next tick should not wait: a step has returned, or the next one is due.</param>
    /// <param name="collect">Forces a GC; <see cref="CollectionRelief.Collect"/> but in tests.</param>
    public ReliefLadder(
        IMemoryRelief[] users, NativeHeapRelief[] trims, PluginRunner asking, PluginRunner runner, Func<ReliefMeasure> measure, TimeProvider time,
        Action onReturned, Action<CollectionMode> collect)
    {
        (_runner, _measure, _time, _onReturned, _collect) = (runner, measure, time, onReturned, collect);
        (_budget, _calmSince, _collecting) = (new(time), time.GetTimestamp(), new(collect));
        _collection = Step(_collecting, ReliefPlan.Of(_collecting));
        _trims = Array.ConvertAll(trims, trim => Step(trim, ReliefPlan.Of(trim)));

        // Sorting is stable: the steps of a stage keep their order.
        _steps = [.. _trims.Prepend(_collection).Concat(Plan(users, asking).Select(user => Step(user.Relief, user.Plan))).OrderBy(s => s.Plan.Stage)];
    }

    /// <summary>How far relief has come, as of the last tick. For any thread.</summary>
    public ReliefStanding Standing => _standing;

    /// <summary>Puts settings in force.</summary>
    public void Use(in ReliefRules rules)
    {
        if (rules == _rules)
        {
            return;
        }

        if (rules.OnlyObserves != _rules.OnlyObserves)
        {
            _isRelieving = false;
            _standing = ReliefStanding.None;
            Array.ForEach(_steps, step => step.Forget());
        }

        _rules = rules;
        _collection.IsWanted = rules.Collects;
        _collection.Plan = _collection.Plan with { Cooldown = rules.CollectionCooldown };
        foreach (var trim in _trims)
        {
            // What comes after the GC needs one.
            trim.IsWanted = rules.TrimsNativeHeap && (rules.Collects || trim.Plan.Stage == ReliefStage.NativeHeap);
        }
    }

    /// <summary>Checks the running step, or starts the next one that is due.</summary>
    public ReliefNews Advance(TickReport report)
    {
        Note(report);
        if (_isRunning)
        {
            return Follow(_round[0]);
        }

        if (_isRelieving)
        {
            Climb(report);
        }

        return new(null, IsExhausted: IsNewlyExhausted(report.Snapshot.Judgement.ActingZone));
    }

    /// <summary>
    /// Starts the built-in GC step at once, unless a step is running, the GC step is resting after a fault, or forced GCs would take too much of the
    /// time.
    /// </summary>
    /// <param name="zone">The zone of memory.</param>
    /// <param name="mode">What the GC is for.</param>
    public void Collect(MemoryZone zone, CollectionMode mode)
    {
        if (!_isRunning && _budget.Allows())
        {
            TryCall(_collection, zone, mode);
        }
    }

    /// <summary>How hard a GC works: it is aggressive if resident memory must fall, or if much is committed that no object uses.</summary>
    public static CollectionMode ModeFor(MemorySnapshot snapshot)
    {
        var managed = snapshot.Managed;
        var held = managed.CommittedBytes - Math.Max(managed.HeapBytes ?? 0, managed.LiveBytes ?? 0);
        return snapshot.Judgement.ActingZone >= MemoryZone.Critical
            || (held >= LeastHeldBytes && held >= snapshot.Usage.LimitBytes * LeastHeldPart)
                ? CollectionMode.Aggressive
                : CollectionMode.Compacting;
    }

    /// <summary>Asks the running step, if any, to stop.</summary>
    public void Stop()
    {
        if (_isRunning)
        {
            _round[0].Cancel();
        }
    }

    private void Note(TickReport report)
    {
        if (report.IsHigh && !_wasHigh)
        {
            var calm = _time.GetElapsedTime(_calmSince);
            Array.ForEach(_steps, step => step.NoteCalm(calm));
            _exhaustedIn = calm >= LongCalm ? null : _exhaustedIn;
        }
        else if (!report.IsHigh && _wasHigh)
        {
            _calmSince = _time.GetTimestamp();
        }

        if (_wasAboveTarget && !report.IsAboveTarget)
        {
            Array.ForEach(_steps, static step => step.NoteBelowTarget());
        }

        (_wasHigh, _wasAboveTarget) = (report.IsHigh, report.IsAboveTarget);
        if (!_isRelieving && report is { IsHigh: true, IsAboveTarget: true })
        {
            (_isRelieving, _relief) = (true, _relief + 1);
            Stand(ReliefStanding.Relieving);
        }
        else if (_isRelieving && !report.IsAboveTarget)
        {
            _isRelieving = false;
            Stand(ReliefStanding.Reached);
        }
    }

    /// <summary>Starts the first step that is due, and notes whether there is any left to wait for.</summary>
    private void Climb(TickReport report)
    {
        var zone = report.Snapshot.Judgement.ActingZone;
        var waits = false;
        foreach (var step in _steps)
        {
            if (!step.IsWanted || zone < step.Plan.StartsAt)
            {
                continue;
            }

            if (step.Plan.Stage >= ReliefStage.Cancel && (waits || !report.IsHigh))
            {
                break;
            }

            if (IsDue(step, zone, report.IsHigh) && TryStart(step, zone, ModeFor(report.Snapshot)))
            {
                step.NoteTry(_relief);
                Stand(ReliefStanding.Relieving);
                return;
            }

            waits |= !step.IsSpent(_relief, zone, report.Snapshot.TimeToLimit?.Soonest);
        }

        if (report.IsHigh)
        {
            Stand(waits ? ReliefStanding.Relieving : ReliefStanding.Exhausted);
        }
        else
        {
            // Memory is no longer high, and all that was due has been called.
            _isRelieving = false;
            Stand(ReliefStanding.None);
        }
    }

    /// <summary>Memory that swings around an edge exhausts relief again and again, which is news only in a worse zone or after some calm.</summary>
    private bool IsNewlyExhausted(MemoryZone zone)
    {
        if (_standing != ReliefStanding.Exhausted || zone <= _exhaustedIn)
        {
            return false;
        }

        _exhaustedIn = zone;
        return true;
    }

    private bool IsDue(ReliefStep step, MemoryZone zone, bool isHigh) =>
        step.HasRested(zone)
        && (isHigh || !step.WasTried(_relief))
        && (step.Plan.Stage != ReliefStage.Collection || _rules.OnlyObserves || _budget.Allows());

    private ReliefNews Follow(ReliefStep step)
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
            return default;
        }

        _isRunning = false;
        if (_isRelieving)
        {
            _onReturned();
        }

        return _onlyObserves ? new(null, Preview(step)) : new(Conclude(step));
    }

    private ReliefPreview Preview(ReliefStep step)
    {
        var preview = step.Preview();
        if (!_rules.OnlyObserves)
        {
            // The setting has changed meanwhile.
            step.Forget();
        }

        return preview;
    }

    private ReliefOutcome Conclude(ReliefStep step)
    {
        var outcome = step.Conclude(_startedAt);
        if (step.Plan.Stage == ReliefStage.Collection || step.CollectionTime > TimeSpan.Zero)
        {
            _budget.Spend(step.Plan.Stage == ReliefStage.Collection ? outcome.Duration : step.CollectionTime);
            foreach (var other in _steps)
            {
                other.Collected(outcome.After);
            }
        }

        return outcome;
    }

    private bool TryStart(ReliefStep step, MemoryZone zone, CollectionMode mode)
    {
        if (!_rules.OnlyObserves)
        {
            return TryCall(step, zone, mode);
        }

        _collecting.Mode = mode;
        step.Observe(zone);
        return TryBegin(step, onlyObserves: true);
    }

    private bool TryCall(ReliefStep step, MemoryZone zone, CollectionMode mode)
    {
        // A step that gives up what the application uses often only drops references to it.
        var mayCollect = step.Plan.Stage is ReliefStage.Application or ReliefStage.Cancel && _rules.Collects && _budget.Allows();
        _collecting.Mode = mode;
        step.Begin(zone, _measure(), mayCollect ? mode : null);
        return TryBegin(step, onlyObserves: false);
    }

    private bool TryBegin(ReliefStep step, bool onlyObserves)
    {
        _round[0] = step;
        (_onlyObserves, _startedAt, _isCancelled) = (onlyObserves, _time.GetTimestamp(), false);
        return _isRunning = _runner.TryBegin(_round);
    }

    // A ladder that only observes relieves nothing, so others must not act as if it had failed to.
    private void Stand(ReliefStanding standing) => _standing = _rules.OnlyObserves ? ReliefStanding.None : standing;

    private ReliefStep Step(IMemoryRelief relief, ReliefPlan plan) => new(relief, plan, _measure, _time, _onReturned, _collect);

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
