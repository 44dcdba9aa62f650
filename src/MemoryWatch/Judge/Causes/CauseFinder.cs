using MemoryWatch.Track;

namespace MemoryWatch.Judge;

/// <summary>
/// Finds the most likely cause of memory growth: keeps past readings with the amounts of each operation at that time, and compares them. Used by
/// the watch thread only; allocates nothing while no growth is to be explained.
/// </summary>
internal sealed class CauseFinder(OperationStore operations, bool isMetered, TimeProvider time)
{
    private readonly MemoryHistory _history = new(time);
    private readonly OperationHistory _operations = new(operations);

    /// <summary>Keeps a reading, from which later growth is measured.</summary>
    public void Keep(MemorySnapshot snapshot, TimeSpan window)
    {
        if (MemoryParts.Of(snapshot) is not { } parts)
        {
            return;
        }

        var isKept = _history.Keep(parts, window);
        if (isKept)
        {
            _operations.Keep(_history.Last);
        }

        operations.Processor.Keep(_history.Last, isKept);
    }

    /// <summary>The cause of the growth that this snapshot shows; <see langword="null"/> if there is none.</summary>
    public MemoryCause? Explain(MemorySnapshot snapshot, TimeSpan window)
    {
        var top = snapshot.HighestResidentBytes ?? 0;
        return MemoryParts.Of(snapshot) is { } now ? Find(_history.BeginOfGrowth(window, top), now, top) : null;
    }

    /// <summary>The cause of the growth during an operation; <see langword="null"/> if memory did not grow.</summary>
    public MemoryCause? Explain(in EndedOperation ended, MemorySnapshot snapshot) => MemoryParts.Of(snapshot) is { } now
        ? Find(_history.AtOrBefore(ended.StartTimestamp), now, Math.Max(now.ResidentBytes, ended.ResidentBytes ?? 0))
        : null;

    /// <param name="since">Number of the reading; 0 if there is none.</param>
    /// <param name="now">The current reading.</param>
    /// <param name="topBytes">Highest resident memory in between, in bytes.</param>
    private MemoryCause? Find(long since, in MemoryParts now, long topBytes)
    {
        if (since == 0)
        {
            return null;
        }

        var (timestamp, then) = _history.At(since);
        var growth = new Growth(then, now, topBytes, time.GetElapsedTime(timestamp));
        if (growth.RiseBytes < Growth.LeastRiseBytes)
        {
            return null;
        }

        var window = _operations.Since(since, timestamp, _history.Last);
        return growth.Explain(isMetered ? window.All() : null, InFlight(window, growth.Span), window.Count);
    }

    /// <summary>The operations in flight, the last started first. For those that have ended, only the journal still has the context.</summary>
    private List<MemoryCauseOperation> InFlight(OperationWindow window, TimeSpan span)
    {
        var began = time.GetUtcNow() - span;
        var all = window.Running
            .Select(operation => Growth.InFlight(operation.Id, operation.Name, operation.Context, isRunning: true))
            .Concat(operations.Journal.Last()
                .Where(e => e.Kind == JournalEntryKind.Ended && e.Time >= began)
                .Select(e => Growth.InFlight(e.OperationId, e.Name, e.Context, isRunning: false)))
            .DistinctBy(o => o.OperationId)
            .OrderByDescending(o => o.OperationId);
        return [.. all.Take((int)Math.Min(Growth.Named, window.Count))];
    }
}
