namespace MemoryWatch.Tests.Act;

/// <summary>A step that does what a test says and counts its calls.</summary>
internal sealed class FakeStep(string name, ReliefStage stage = ReliefStage.Application, MemoryZone from = MemoryZone.Healthy) : IMemoryRelief
{
    private int _calls;
    private int _estimates;

    public string Name => name;

    public ReliefStage Stage => stage;

    public MemoryZone StartsAt => from;

    public TimeSpan Cooldown { get; init; } = TimeSpan.FromMinutes(1);

    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(10);

    public Action<MemoryZone>? OnCall { get; set; }

    public Func<MemoryZone, ReliefEstimate?>? OnEstimate { get; set; }

    public int Calls => Volatile.Read(ref _calls);

    public int Estimates => Volatile.Read(ref _estimates);

    public Task RelieveAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task RelieveAsync(MemoryZone zone, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        OnCall?.Invoke(zone);
        return Task.CompletedTask;
    }

    public ReliefEstimate? Estimate(MemoryZone zone)
    {
        Interlocked.Increment(ref _estimates);
        return OnEstimate?.Invoke(zone);
    }
}
