using System.Diagnostics;
using MemoryWatch.Judge;
using MemoryWatch.Read;
using MemoryWatch.Track;

namespace MemoryWatch.Benchmarks.Rows;

/// <summary>
/// Measures what operations that nobody ends cost: their memory, with all that the watch keeps of them, and whether a scope costs more the deeper
/// it is nested.
/// </summary>
internal static class InFlightCost
{
    private const int Count = 100_000;
    private const int Depth = 5000;
    private const int Steps = 4;

    /// <summary>
    /// Heap bytes for each operation in flight: scope, flow, and what the watch thread keeps of it after two readings. The string of its context is
    /// included.
    /// </summary>
    public static double BytesPerOperation()
    {
        using var reader = new LinuxReader(TimeProvider.System);
        var store = new OperationStore(static () => { });
        var operations = new OperationTracker(store, new ResidentProbe(reader, static () => { }), TimeProvider.System, new NoListener(), true);
        var causes = new OperationHistory(store);
        var flow = ExecutionContext.Capture()!;
        var flows = new ExecutionContext?[Count];
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < Count; i++)
        {
            ExecutionContext.Run(
                flow,
                _ =>
                {
                    operations.Start("Download", $"User {i}");
                    flows[i] = ExecutionContext.Capture();
                },
                null);
            if (i == Count / 2)
            {
                causes.Keep(1);
            }
        }

        causes.Keep(2);
        _ = causes.Since(1, 0, 2).Count;
        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(flows);
        GC.KeepAlive(causes);
        return (double)bytes / Count;
    }

    /// <summary>Time of the last scopes of a deep nest, divided by that of the first ones.</summary>
    public static double DepthRatio()
    {
        using var reader = new LinuxReader(TimeProvider.System);
        var operations = new OperationTracker(
            new OperationStore(static () => { }), new ResidentProbe(reader, static () => { }), TimeProvider.System, new NoListener(), true);
        var times = new double[Steps + 1];
        var thread = new Thread(() =>
        {
            for (var step = 0; step <= Steps; step++)
            {
                var started = Stopwatch.GetTimestamp();
                for (var i = 0; i < Depth; i++)
                {
                    operations.Start("Step", default);
                }

                times[step] = Stopwatch.GetElapsedTime(started).TotalNanoseconds / Depth;
            }
        });
        thread.Start();
        thread.Join();

        // The first step compiles the code.
        return times[Steps] / times[1];
    }

    private sealed class NoListener : IEntryListener
    {
        public void OnEntry(in JournalEntry entry)
        {
        }
    }
}
