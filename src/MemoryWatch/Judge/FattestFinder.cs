using MemoryWatch.Track;

namespace MemoryWatch.Judge;

/// <summary>
/// Knows what the operations that can be cancelled have taken since memory was last healthy. The watch thread keeps it at each tick; a relief step
/// asks on another thread.
/// </summary>
/// <remarks>
/// What a nested operation takes belongs to the outermost one around it that can be cancelled: cancelling that one ends the nested one too. Memory
/// counts when the flow hands it in, so an operation that has taken nothing for five seconds waits, or computes without a pause, in which case it
/// would not notice that it is cancelled either.
/// </remarks>
/// <param name="operations">The operations.</param>
/// <param name="time">The clock.</param>
internal sealed class FattestFinder(OperationStore operations, TimeProvider time)
{
    // An operation that waits may still poll something.
    private const long NotableBytes = 64 << 10;
    private static readonly TimeSpan Lately = TimeSpan.FromSeconds(5);

    private readonly List<OperationCancellation> _seen = [];
    private volatile Level? _healthy;
    private volatile Level? _now;

    /// <summary>Keeps what a tick has read.</summary>
    public void Keep(MemorySnapshot snapshot)
    {
        // Where the zone was never healthy, growth is counted from the first tick.
        var isHealthy = snapshot.Judgement.ActingZone == MemoryZone.Healthy || _healthy is null;
        if (isHealthy)
        {
            _healthy = Level.Of(snapshot);
        }
        else
        {
            _now = Level.Of(snapshot);
        }

        operations.Cancellable.CopyTo(_seen);
        var now = time.GetTimestamp();
        foreach (var operation in _seen)
        {
            var taken = operation.Taken;
            if (isHealthy)
            {
                operation.TakenBefore = taken;
            }

            if (taken - operation.TakenAtGrowth >= NotableBytes)
            {
                (operation.TakenAtGrowth, operation.GrewAt) = (taken, now);
            }
        }
    }

    /// <summary>What memory has grown by since it was last healthy, and the operation that would be cancelled now.</summary>
    public (OperationCancellation? Fattest, long TakenBytes, long? GrownBytes, NoFattestReason Reason) Find()
    {
        var all = new List<OperationCancellation>();
        operations.Cancellable.CopyTo(all);
        var recent = operations.RecentProcessor.Operations;
        var candidates = all.Where(static c => c.Reason is null && !IsNested(c.Operation)).Select(c => new FattestCandidate(
            c, c.Taken - c.TakenBefore, c.GrewAt != 0 && time.GetElapsedTime(c.GrewAt) <= Lately && !Waits(c.Operation, recent))).ToList();
        var grown = _now?.Since(_healthy);
        var (fattest, taken, reason) = FattestJudge.Judge(candidates, grown);
        return (fattest, taken, grown, reason);
    }

    // One that was cancelled before counts too: what is nested in it ends with it.
    private static bool IsNested(Operation operation)
    {
        for (var outer = operation.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer is { IsRunning: true, Cancellation: not null })
            {
                return true;
            }
        }

        return false;
    }

    private static bool Waits(Operation operation, IReadOnlyList<RunningOperation> recent) =>
        recent.Any(r => r.State == RunState.Waited && ReferenceEquals(r.Operation, operation));

    /// <summary>Used memory and the occupied heap; growth is that of the one that is nearer to its limit.</summary>
    private sealed record Level(long? Used, long? Heap, bool IsHeap)
    {
        public static Level Of(MemorySnapshot snapshot) => new(
            snapshot.Usage.LeastUsedBytes, snapshot.HeapUsage.UsedBytes, snapshot.Judgement.Heap > snapshot.Judgement.Least);

        public long? Since(Level? before) => IsHeap ? Heap - before?.Heap : Used - before?.Used;
    }
}
