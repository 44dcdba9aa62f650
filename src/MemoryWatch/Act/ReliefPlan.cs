using MemoryWatch.Guard;

namespace MemoryWatch.Act;

/// <summary>When a relief step may be asked, as it said itself.</summary>
internal sealed record ReliefPlan(string Name, MemoryZone StartsAt, TimeSpan Cooldown, TimeSpan TimeLimit)
{
    public static ReliefPlan Of(IMemoryRelief relief) =>
        new(SafeText.Name(relief.Name), relief.StartsAt, relief.Cooldown, relief.TimeLimit);
}

/// <summary>Asks a user's step, once, for its plan: that is the user's code too.</summary>
internal sealed class GuardedReliefPlan(IMemoryRelief relief)
    : GuardedPlugin("Relief", SafeText.Name(relief.GetType().Name))
{
    private ReliefPlan? _plan;

    public IMemoryRelief Relief => relief;

    /// <summary>What it said; nothing where it brought no answer, and then it is never asked to relieve.</summary>
    public ReliefPlan? Plan => Answered ? _plan : null;

    protected override void Invoke() => _plan = ReliefPlan.Of(relief);
}
