using MemoryWatch.Guard;

namespace MemoryWatch.Act;

/// <summary>Calls a relief step as a guarded plug-in, and keeps the outcome of its last calls.</summary>
/// <param name="relief">The step.</param>
/// <param name="plan">When the step may be called.</param>
/// <param name="measure">Measures memory.</param>
/// <param name="time">The clock.</param>
/// <param name="onReturned">Called when a call to the step has returned.</param>
internal sealed class ReliefStep(
    IMemoryRelief relief, ReliefPlan plan, Func<ReliefMeasure> measure, TimeProvider time, Action onReturned)
    : GuardedPlugin("Relief", plan.Name)
{
    // If a step freed less than this part of resident memory, it backs off, up to this many times its cool-down.
    private const double WorthwhilePart = 0.01;
    private const int MostCooldowns = 64;

    private volatile Func<Task>? _cancel;
    private ReliefMeasure _after;
    private long _returnedAt;
    private Backoff _fruitless;
    private long? _endedAt;
    private MemoryZone _lastZone;

    /// <summary>When the step may be called; for the built-in step it changes with the settings.</summary>
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

    /// <summary>Whether the step may be called again. If the zone is worse than at the last call, the pause is skipped.</summary>
    public bool HasRested(MemoryZone zone) =>
        _endedAt is not { } ended || zone > _lastZone || time.GetElapsedTime(ended) >= Rest;

    /// <summary>Asks the running call to stop. Callbacks that it registered on its token run on the thread pool, not here.</summary>
    public void Cancel() => _ = _cancel?.Invoke();

    /// <summary>Returns the outcome of the call; called once the call has ended or was given up.</summary>
    public ReliefOutcome Conclude(MemoryZone zone, in ReliefMeasure before, long startedAt)
    {
        (_endedAt, _lastZone) = (time.GetTimestamp(), zone);
        var outcome = new ReliefOutcome
        {
            Name = Plan.Name,
            Time = time.GetUtcNow(),
            Duration = time.GetAge(startedAt, Answered ? _returnedAt : _endedAt.Value),
            Before = before,
            After = Answered ? _after : measure(),
            Error = Answered ? null : Error is { } error ? SafeText.Error(error) : "It did not end in time.",
        };
        var freed = Math.Max(outcome.FreedBytes ?? 0, before.HeapBytes - outcome.After.HeapBytes);
        if (freed < (before.ResidentBytes ?? 0) * WorthwhilePart)
        {
            _fruitless.Failed();
        }
        else
        {
            _fruitless.Succeeded();
        }

        return outcome;
    }

    protected override void Invoke()
    {
        // Not disposed: a step that was given up may still use its token, and a source without a timer holds no resources.
        var cancellation = new CancellationTokenSource();
        _cancel = cancellation.CancelAsync;
        try
        {
            relief.RelieveAsync(cancellation.Token).GetAwaiter().GetResult();
            (_after, _returnedAt) = (measure(), time.GetTimestamp());
        }
        finally
        {
            onReturned();
        }
    }
}
