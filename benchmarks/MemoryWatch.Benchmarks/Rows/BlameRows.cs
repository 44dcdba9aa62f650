using BenchmarkDotNet.Attributes;
using MemoryWatch.Judge;
using MemoryWatch.Read;
using MemoryWatch.Track;

namespace MemoryWatch.Benchmarks.Rows;

/// <summary>
/// Measures the cost of many operations in flight for the watch thread: at every reading that is kept, and when a spike is explained.
/// </summary>
public class BlameRows : IDisposable
{
    /// <summary>Number of operations in flight.</summary>
    public const int InFlight = 1000;

    private const long Megabyte = 1 << 20;

    private static readonly TimeSpan Window = MemoryWatchDefaults.SpikeWindow;

    private readonly MovedClock _time = new();
    private readonly LinuxReader _reader = new(TimeProvider.System);
    private readonly OperationTracker _operations;
    private readonly CauseFinder _causes;
    private readonly MemorySnapshot _grown = Reading(200);
    private readonly MemorySnapshot[] _snapshots = [.. Enumerable.Range(100, 50).Select(megabytes => Reading(megabytes))];
    private long _readings;

    public BlameRows()
    {
        var store = new OperationStore(static () => { });
        _operations = new(store, new ResidentProbe(_reader, static () => { }), _time, new NoListener(), isMetered: true);
        _causes = new(store, isMetered: true, _time);
        var scopes = Enumerable.Range(0, InFlight).Select(i => _operations.Start("Download", $"User {i}")).ToArray();
        Keep();
        foreach (var scope in scopes.Where((_, i) => i % 10 == 0))
        {
            scope.Charge(2 * Megabyte);
        }
    }

    [Benchmark(Description = "keep a reading of what each in flight has allocated")]
    public void Keep()
    {
        _time.Advance(Window / ReadingHistory.Length);
        _causes.Keep(_snapshots[_readings++ % _snapshots.Length], Window);
    }

    [Benchmark(Description = "explain a spike")]
    public MemoryCause? Explain() => _causes.Explain(_grown, Window).Cause;

    [Benchmark(Description = "explain a spike, as text")]
    public string? ExplainAsText() => _causes.Explain(_grown, Window).Cause?.Describe();

    [Benchmark(Description = "list what is in flight")]
    public int List() => _operations.InFlight.Length;

    [GlobalCleanup]
    public void Dispose()
    {
        _reader.Dispose();
        GC.SuppressFinalize(this);
    }

    private static MemorySnapshot Reading(long megabytes) => new()
    {
        Process = new() { ResidentBytes = megabytes * Megabyte, AnonymousBytes = megabytes * Megabyte },
        Managed = new() { HeapBytes = megabytes * Megabyte, TotalAllocatedBytes = 4 * megabytes * Megabyte },
    };

    private sealed class NoListener : IEntryListener
    {
        public void OnEntry(in JournalEntry entry)
        {
        }
    }
}
