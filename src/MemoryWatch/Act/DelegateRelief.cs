namespace MemoryWatch.Act;

/// <summary>A relief step that is a function.</summary>
internal sealed class DelegateRelief : IMemoryRelief
{
    private static readonly TimeSpan UsualCooldown = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan UsualTimeLimit = TimeSpan.FromSeconds(10);

    private readonly Func<CancellationToken, Task> _relieve;

    public DelegateRelief(
        string name, MemoryZone from, Func<CancellationToken, Task> relieve, ReliefStage stage, TimeSpan? cooldown, TimeSpan? timeLimit)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        (Name, StartsAt, Stage, _relieve) = (name, from, stage, relieve);
        (Cooldown, TimeLimit) = (cooldown ?? UsualCooldown, timeLimit ?? UsualTimeLimit);
        ArgumentOutOfRangeException.ThrowIfLessThan(Cooldown, TimeSpan.Zero, nameof(cooldown));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(TimeLimit, TimeSpan.Zero, nameof(timeLimit));
    }

    public string Name { get; }

    public MemoryZone StartsAt { get; }

    public ReliefStage Stage { get; }

    public TimeSpan Cooldown { get; }

    public TimeSpan TimeLimit { get; }

    public Task RelieveAsync(CancellationToken cancellationToken) => _relieve(cancellationToken);
}
