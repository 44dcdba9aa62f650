using System.Collections.Concurrent;
using MemoryWatch.Guard;

namespace MemoryWatch.Tests.Support;

/// <summary>Remembers what it was told of plug-ins, in order.</summary>
internal sealed class RecordingPluginListener : IPluginListener
{
    private readonly ConcurrentQueue<Fault> _faults = new();
    private readonly ConcurrentQueue<string> _recoveries = new();
    private int _exhaustions;

    public IReadOnlyCollection<Fault> Faults => _faults;

    public IReadOnlyCollection<string> Recoveries => _recoveries;

    public int Exhaustions => Volatile.Read(ref _exhaustions);

    public void OnFault(GuardedPlugin plugin, Exception? error, TimeSpan rest) =>
        _faults.Enqueue(new(plugin.Kind, plugin.Name, error, rest));

    public void OnRecovery(GuardedPlugin plugin) => _recoveries.Enqueue(plugin.Name);

    public void OnExhausted() => Interlocked.Increment(ref _exhaustions);

    internal sealed record Fault(string Kind, string Name, Exception? Error, TimeSpan Rest);
}
