namespace MemoryWatch.Tests.Simulation.Seeds;

/// <summary>A relief step that does nothing, or fails, and counts its calls.</summary>
internal sealed class SimulatedRelief(string name, MemoryZone startsAt, bool fails) : IMemoryRelief
{
    private int _calls;

    public string Name => name;

    public MemoryZone StartsAt => startsAt;

    public int Calls => Volatile.Read(ref _calls);

    public Task RelieveAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        return fails ? throw new InvalidOperationException("It does not work.") : Task.CompletedTask;
    }
}
