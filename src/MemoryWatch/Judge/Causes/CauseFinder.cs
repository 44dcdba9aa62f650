using MemoryWatch.Track;

namespace MemoryWatch.Judge;

/// <summary>Finds what most likely made memory grow since a reading of the history. Used by the watch thread only.</summary>
internal sealed class CauseFinder(MemoryHistory history, OperationHistory operations, Journal journal, TimeProvider time, bool isMetered)
{
    /// <param name="since">The number of the reading.</param>
    /// <param name="now">What is read now.</param>
    /// <param name="topBytes">The resident memory that was reached in between.</param>
    /// <returns>Nothing where memory did not grow, or there is no such reading.</returns>
    public MemoryCause? Find(long since, in MemoryParts now, long topBytes)
    {
        if (since == 0)
        {
            return null;
        }

        var (timestamp, then) = history.At(since);
        var growth = new Growth(then, now, topBytes, time.GetElapsedTime(timestamp));
        if (growth.RiseBytes < Growth.LeastRiseBytes)
        {
            return null;
        }

        var window = operations.Since(since, timestamp, history.Last);
        return growth.Explain(isMetered ? window.All() : null, InFlight(window, growth.Span), window.Count);
    }

    /// <summary>The last started first. Of those that ended only the journal still knows what they were about.</summary>
    private List<MemoryCauseOperation> InFlight(OperationWindow window, TimeSpan span)
    {
        var began = time.GetUtcNow() - span;
        var all = window.Running
            .Select(scope => Growth.InFlight(scope.Id, scope.Name, scope.Context, isRunning: true))
            .Concat(journal.Last()
                .Where(e => e.Kind == JournalEntryKind.Ended && e.Time >= began)
                .Select(e => Growth.InFlight(e.OperationId, e.Name, e.Context, isRunning: false)))
            .DistinctBy(o => o.OperationId)
            .OrderByDescending(o => o.OperationId);
        return [.. all.Take((int)Math.Min(Growth.Named, window.Count))];
    }
}
