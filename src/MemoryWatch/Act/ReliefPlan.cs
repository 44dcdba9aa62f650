namespace MemoryWatch.Act;

/// <summary>When a relief step may be called, as the step itself declares.</summary>
internal sealed record ReliefPlan(string Name, MemoryZone StartsAt, ReliefStage Stage, TimeSpan Cooldown, TimeSpan TimeLimit)
{
    public static ReliefPlan Of(IMemoryRelief relief) =>
        new(SafeText.Name(relief.Name), relief.StartsAt, relief.Stage, relief.Cooldown, relief.TimeLimit);
}
