using MemoryWatch.Guard;

namespace MemoryWatch.Act;

/// <summary>A relief step behind the guard, with what is known of its last calls.</summary>
/// <param name="relief">The step.</param>
/// <param name="plan">When it may be asked.</param>
/// <param name="measure">Measures what it did.</param>
/// <param name="time">The clock.</param>
/// <param name="onReturned">Called when a call has returned.</param>
internal sealed class ReliefStep(
    IMemoryRelief relief, ReliefPlan plan, Func<ReliefMeasure> measure, TimeProvider time, Action onReturned)
    : GuardedPlugin("Relief", plan.Name)
{
    // A step that freed less than this part of resident memory backs off, up to this many times its cool-down.
    private const double WorthwhilePart = 0.01;
    private const int MostCooldowns = 64;

    private volatile Func<Task>? _cancel;
    private ReliefMeasure _after;
    private long _returnedAt;
    private Backoff _fruitless;
    private long? _endedAt;
    private MemoryZone _lastZone;

    /// <summary>When it may be asked; changes with settings for the built-in one.</summary>
    public ReliefPlan Plan { get; set; } = plan;

    /// <summary>Whether it is asked while memory is high.</summary>
    public bool IsWanted { get; set; } = true;

    /// <summary>The time to leave it alone: its cool-down, doubled for each time in a row that it freed next to nothing.</summary>
    public TimeSpan Rest => _fruitless.IsFailing && Plan.Cooldown < TimeSpan.MaxValue / MostCooldowns
        ? _fruitless.Pause(Plan.Cooldown * 2, Plan.Cooldown * MostCooldowns)
        : Plan.Cooldown;

    /// <summary>Whether it may be asked again. A worse zone than at its last call is a reason not to wait any longer.</summary>
    public bool HasRested(MemoryZone zone) =>
        _endedAt is not { } ended || zone > _lastZone || time.GetElapsedTime(ended) >= Rest;

    /// <summary>Asks the call that runs to stop. What it registered for that runs on the thread pool, not here.</summary>
    public void Cancel() => _ = _cancel?.Invoke();

    /// <summary>What the call did; called once it has ended or was given up.</summary>
    public ReliefOutcome Conclude(MemoryZone zone, in ReliefMeasure before, long startedAt)
    {
        (_endedAt, _lastZone) = (time.GetTimestamp(), zone);
        var outcome = new ReliefOutcome
        {
            Name = Plan.Name,
            Time = time.GetUtcNow(),
            Duration = time.GetElapsedTime(startedAt, Answered ? _returnedAt : _endedAt.Value),
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
        // Not disposed: a step that was given up may still use its token, and a source without a timer holds nothing.
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
