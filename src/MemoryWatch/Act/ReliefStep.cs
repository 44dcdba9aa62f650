using MemoryWatch.Guard;

namespace MemoryWatch.Act;

/// <summary>Calls a relief step as a guarded plug-in, and keeps the outcome of its last calls.</summary>
/// <param name="relief">The step.</param>
/// <param name="plan">When the step may be called.</param>
/// <param name="measure">Measures memory.</param>
/// <param name="time">The clock.</param>
/// <param name="onReturned">Called when a call to the step has returned.</param>
/// <param name="collect">Forces the GC that a step may need.</param>
internal sealed class ReliefStep(
    IMemoryRelief relief, ReliefPlan plan, Func<ReliefMeasure> measure, TimeProvider time, Action onReturned, Action<CollectionMode> collect)
    : GuardedPlugin("Relief", plan.Name)
{
    // A step that frees next to nothing backs off, up to this many times its cool-down.
    private const int MostCooldowns = 64;

    private volatile Func<Task>? _cancel;
    private MemoryZone _zone;
    private bool _onlyObserves;
    private CollectionMode? _collection;
    private ReliefMeasure _before;
    private ReliefMeasure _after;
    private ReliefEstimate? _estimate;
    private long _returnedAt;
    private Backoff _fruitless;
    private long? _endedAt;
    private MemoryZone _lastZone;
    private MemoryZone _worstZone;
    private bool _wasBelowTarget;
    private int _triedIn;
    private MemoryZone _triedAt;
    private ReliefMeasure? _dropped;

    /// <summary>When the step may be called; for the built-in GC it changes with the settings.</summary>
    public ReliefPlan Plan { get; set; } = plan;

    /// <summary>Whether the step is called while memory is high.</summary>
    public bool IsWanted { get; set; } = true;

    /// <summary>
    /// The minimum pause before the next call: the cool-down, doubled for each consecutive call that freed next to nothing, up to 64 times the
    /// cool-down.
    /// </summary>
    public TimeSpan Rest => _fruitless.IsFailing && Plan.Cooldown < TimeSpan.MaxValue / MostCooldowns
        ? _fruitless.Pause(Plan.Cooldown * 2, Plan.Cooldown * MostCooldowns)
        : Plan.Cooldown;

    /// <summary>
    /// Whether the step may be called. The pause is skipped if the zone is worse than at each call since memory was last calm, so that memory
    /// that swings around an edge gives no reason to skip it again. It is also skipped if the step helped last time, memory was below the target
    /// meanwhile and is critical again: that is no swing around an edge, and to wait may be to die with memory that could be freed.
    /// </summary>
    public bool HasRested(MemoryZone zone) => IsReady(time.GetUtcNow())
        && (_endedAt is not { } ended
            || zone > _worstZone
            || (zone >= MemoryZone.Critical && _wasBelowTarget && !_fruitless.IsFailing)
            || time.GetElapsedTime(ended) >= Rest);

    /// <summary>Notes for how long memory was not high: after a cool-down of calm, a rise through the zones is a new one.</summary>
    public void NoteCalm(TimeSpan calm) => _worstZone = calm >= Plan.Cooldown ? _lastZone : _worstZone;

    /// <summary>Notes that memory has fallen below the target of relief.</summary>
    public void NoteBelowTarget() => _wasBelowTarget = true;

    /// <summary>Whether the step was called in this relief of memory.</summary>
    public bool WasTried(int relief) => _triedIn == relief;

    /// <summary>
    /// Whether there is no point in waiting for the step: it was called in this zone or a worse one, rests because it freed nothing, or rests for longer than
    /// memory may last.
    /// </summary>
    /// <param name="relief">The relief of memory.</param>
    /// <param name="zone">The zone of memory.</param>
    /// <param name="left">Time until the limit may be reached; <see langword="null"/> if memory does not grow.</param>
    public bool IsSpent(int relief, MemoryZone zone, TimeSpan? left) =>
        (_triedIn == relief && _triedAt >= zone) || _fruitless.IsFailing || (_endedAt is { } ended && Rest - time.GetElapsedTime(ended) > left);

    /// <summary>How long the GC took that the last call needed; zero if it needed none.</summary>
    public TimeSpan CollectionTime { get; private set; }

    /// <summary>Prepares the next call.</summary>
    /// <param name="zone">The zone of memory.</param>
    /// <param name="before">Memory before the call.</param>
    /// <param name="collection">
    /// The GC that frees what the step has dropped, unless the step has freed it; <see langword="null"/> if none may be forced.
    /// </param>
    public void Begin(MemoryZone zone, in ReliefMeasure before, CollectionMode? collection) =>
        (_zone, _before, _collection, _onlyObserves, CollectionTime, _wasBelowTarget) = (zone, before, collection, false, TimeSpan.Zero, false);

    /// <summary>Prepares the next call, which only says what the step would free.</summary>
    public void Observe(MemoryZone zone) => (_zone, _onlyObserves, _estimate) = (zone, true, null);

    /// <summary>Notes that the call that has begun is part of this relief of memory.</summary>
    public void NoteTry(int relief)
    {
        _triedAt = _triedIn == relief && _triedAt > _zone ? _triedAt : _zone;
        _triedIn = relief;
    }

    /// <summary>Forgets all calls: those of a ladder that only observed say nothing of the step.</summary>
    public void Forget()
    {
        (_endedAt, _triedIn, _dropped, _worstZone, _lastZone) = (null, 0, null, default, default);
        _fruitless.Succeeded();
    }

    /// <summary>Asks the running call to stop. Callbacks that it registered on its token run on the thread pool, not here.</summary>
    public void Cancel() => _ = _cancel?.Invoke();

    /// <summary>Returns the outcome of the call; called once the call has ended or was given up.</summary>
    /// <param name="startedAt">When the call started.</param>
    public ReliefOutcome Conclude(long startedAt)
    {
        End();
        var outcome = new ReliefOutcome
        {
            Name = Plan.Name,
            Time = time.GetUtcNow(),
            Duration = time.GetAge(startedAt, Answered ? _returnedAt : time.GetTimestamp()),
            Before = _before,
            After = Answered ? _after : measure(),
            Error = Answered ? null : Error is { } error ? SafeText.Error(error) : "It did not end in time.",
            IsAbandoned = !Answered && Error is null,
        };
        if (Plan.Stage == ReliefStage.Cache && outcome is { Error: null, IsWorthwhile: false })
        {
            // What it dropped is garbage until the next GC.
            _dropped ??= _before;
        }
        else
        {
            Judge(outcome.IsWorthwhile);
        }

        return outcome;
    }

    /// <summary>Judges what the step dropped by what is left after a GC.</summary>
    public void Collected(in ReliefMeasure after)
    {
        if (_dropped is { } before)
        {
            _dropped = null;
            Judge(before.IsWorthwhile(after));
        }
    }

    /// <summary>Returns what the step would have freed. Each time in a row it is said after a longer pause.</summary>
    public ReliefPreview Preview()
    {
        End();
        Judge(isWorthwhile: false);
        return new(Plan.Name, _zone, Answered ? _estimate : null);
    }

    protected override void Invoke()
    {
        if (_onlyObserves)
        {
            Estimate();
            return;
        }

        // Not disposed: a step that was given up may still use its token, and a source without a timer holds no resources.
        var cancellation = new CancellationTokenSource();
        _cancel = cancellation.CancelAsync;
        try
        {
            relief.RelieveAsync(_zone, cancellation.Token).GetAwaiter().GetResult();
            _after = measure();
            if (_collection is { } mode && !_before.IsWorthwhile(_after) && !cancellation.IsCancellationRequested)
            {
                Collect(mode);
            }

            _returnedAt = time.GetTimestamp();
        }
        finally
        {
            onReturned();
        }
    }

    private void Collect(CollectionMode mode)
    {
        var start = time.GetTimestamp();
        collect(mode);
        (_after, CollectionTime) = (measure(), time.GetElapsedTime(start));
    }

    private void Estimate()
    {
        try
        {
            _estimate = relief.Estimate(_zone);
        }
        finally
        {
            onReturned();
        }
    }

    private void End()
    {
        (_endedAt, _lastZone) = (time.GetTimestamp(), _zone);
        _worstZone = _zone > _worstZone ? _zone : _worstZone;
    }

    private void Judge(bool isWorthwhile)
    {
        if (isWorthwhile)
        {
            _fruitless.Succeeded();
        }
        else
        {
            _fruitless.Failed();
        }
    }
}
