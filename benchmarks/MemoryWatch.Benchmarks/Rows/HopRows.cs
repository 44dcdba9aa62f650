using BenchmarkDotNet.Attributes;

namespace MemoryWatch.Benchmarks.Rows;

/// <summary>
/// A hop: an async flow resumes on a thread and leaves it again, as at each end of an await that waits. Measured without an operation, with an
/// operation that is not charged with the flow's allocations, and with one that is.
/// </summary>
public class HopRows : IDisposable
{
    private static readonly ContextCallback Nothing = static _ => { };

    private readonly MemoryWatcher _metered = Watches.Started();
    private readonly MemoryWatcher _unmetered = Watches.Started(options => options.EnableAllocationTracking = false);
    private readonly ExecutionContext _none = Flow(static () => null);
    private readonly ExecutionContext _unmeteredFlow;
    private readonly ExecutionContext _meteredFlow;
    private readonly ExecutionContext _nestedFlow;

    public HopRows()
    {
        _unmeteredFlow = Flow(() => [_unmetered.Track("Download")]);
        _meteredFlow = Flow(() => [_metered.Track("Download")]);
        _nestedFlow = Flow(() => [_metered.Track("Batch"), _metered.Track("Download"), _metered.Track("Part")]);
    }

    [Benchmark(Baseline = true, Description = "hop of a flow that works for no operation")]
    public void None() => ExecutionContext.Run(_none, Nothing, null);

    [Benchmark(Description = "hop, allocations not tracked")]
    public void Unmetered() => ExecutionContext.Run(_unmeteredFlow, Nothing, null);

    [Benchmark(Description = "hop")]
    public void Metered() => ExecutionContext.Run(_meteredFlow, Nothing, null);

    [Benchmark(Description = "hop, three operations inside of each other")]
    public void Nested() => ExecutionContext.Run(_nestedFlow, Nothing, null);

    [GlobalCleanup]
    public void Dispose()
    {
        _metered.Dispose();
        _unmetered.Dispose();
        GC.SuppressFinalize(this);
    }

    // A flow in which the operations run; they never end, so they are charged permanently.
    private static ExecutionContext Flow(Func<IDisposable[]?> start)
    {
        ExecutionContext? flow = null;
        var thread = new Thread(() =>
        {
            start();
            flow = ExecutionContext.Capture();
        });
        thread.Start();
        thread.Join();
        return flow!;
    }
}
