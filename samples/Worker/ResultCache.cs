using System.Collections.Concurrent;
using MemoryWatch;

namespace Worker;

/// <summary>Keeps results, and gives them up when memory is high. Thread-safe.</summary>
internal sealed class ResultCache : IMemoryRelief
{
    private readonly ConcurrentDictionary<int, byte[]> _results = new();

    public string Name => "Results";

    public int Count => _results.Count;

    public void Add(int number, byte[] result) => _results[number] = result;

    public Task RelieveAsync(CancellationToken cancellationToken)
    {
        _results.Clear();
        return Task.CompletedTask;
    }
}
