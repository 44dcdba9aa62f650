using BenchmarkDotNet.Attributes;

namespace MemoryWatch.Benchmarks.Rows;

/// <summary>
/// A hop: a thread takes up an async flow and leaves it again, as at each end of an await that waits. Without an operation, with one
/// that is not charged with what the flow allocates, and with one that is.
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

    // A flow in which the operations run; they are never ended, and so are charged for good.
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
