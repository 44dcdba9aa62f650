using MemoryWatch.Track;

namespace MemoryWatch.Judge;

/// <summary>The alerts and forced GCs of the last minutes that findings rest on. For one caller at a time.</summary>
internal sealed class RecentEvents
{
    private const int Kept = 16;

    // A finding that rests on one event ends when the event is so old.
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Lately = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Moment = TimeSpan.FromMinutes(1);

    private readonly Ring<(TimeSpan At, BudgetAlert Alert)> _budgets = new(Kept);
    private readonly Ring<(TimeSpan At, ReliefOutcome Outcome)> _collections = new(Kept);
    private (TimeSpan At, RecentSpike Spike)? _spike;
    private (TimeSpan At, ThrashingAlert Alert)? _thrashing;

    public void Keep(MemoryAlert alert, MemorySnapshot snapshot, TimeSpan now)
    {
        switch (alert)
        {
            case SpikeAlert spike:
                _spike = (now, new(spike, snapshot));
                break;
            case ThrashingAlert thrashing:
                _thrashing = (now, thrashing);
                break;
            case BudgetAlert budget:
                _budgets.Add((now, budget));
                break;
            default:
                break;
        }
    }

    /// <summary>Keeps the outcome of a forced GC.</summary>
    public void Keep(ReliefOutcome outcome, TimeSpan now) => _collections.Add((now, outcome));

    public RecentSpike? Spike(TimeSpan now) => _spike is { } spike && now - spike.At <= Recent ? spike.Spike : null;

    public ThrashingAlert? Thrashing(TimeSpan now) => _thrashing is { } thrashing && now - thrashing.At <= Moment ? thrashing.Alert : null;

    public BudgetAlert[] Budgets(TimeSpan now) => [.. _budgets.Last(Kept, out _).Where(e => now - e.At <= Lately).Select(e => e.Alert)];

    public ReliefOutcome[] Collections(TimeSpan now) => [.. _collections.Last(Kept, out _).Where(e => now - e.At <= Lately).Select(e => e.Outcome)];
}
