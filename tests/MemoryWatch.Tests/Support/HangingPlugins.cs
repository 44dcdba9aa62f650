namespace MemoryWatch.Tests.Support;

/// <summary>Plug-ins that hang until they are let go, so that no test leaves a thread behind.</summary>
internal sealed class HangingPlugins : IDisposable
{
    private readonly List<ManualResetEventSlim> _gates = [];

    /// <summary>A plug-in whose calls return only once its gate is open.</summary>
    public (FakePlugin Plugin, ManualResetEventSlim Gate) Add(string name)
    {
        var gate = new ManualResetEventSlim();
        _gates.Add(gate);
        return (new(name, gate.Wait), gate);
    }

    public FakePlugin[] AddMany(int count) => [.. Enumerable.Range(1, count).Select(i => Add($"Stuck {i}").Plugin)];

    public void Dispose()
    {
        // Not disposed of: threads may still be leaving them.
        _gates.ForEach(gate => gate.Set());
    }
}
