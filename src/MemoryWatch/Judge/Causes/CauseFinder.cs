using MemoryWatch.Track;

namespace MemoryWatch.Judge;

/// <summary>
/// Finds the most likely cause of memory growth: keeps past readings with the amounts of each operation at that time, and compares them. Used by
/// the watch thread only; allocates nothing while no growth is to be explained.
/// </summary>
/// <param name="operations">The store of operations.</param>
/// <param name="isMetered">Whether allocations are attributed to operations.</param>
/// <param name="time">The clock.</param>
/// <param name="processor">
/// Returns which operations ran since a reading, and filled the memory that was taken meanwhile (bytes); <see langword="null"/> for those that the
/// store knows of.
/// </param>
internal sealed class CauseFinder(
    OperationStore operations, bool isMetered, TimeProvider time, Func<long, long, ProcessorWindow>? processor = null)
{
    // Below this rise since the last tick, nobody needs to know who had the processor.
    private const long LeastRiseBytes = 4 << 20;

    private readonly ReadingHistory _history = new(time);
    private readonly OperationHistory _operations = new(operations);
    private readonly Func<long, long, ProcessorWindow> _processor = processor ?? operations.Processor.Since;
    private readonly AloneHistory _alone = new(operations);
    private readonly long[] _inFlight = new long[ReadingHistory.Length];
    private MemoryParts? _last;

    /// <summary>Keeps a reading, from which later growth is measured.</summary>
    public void Keep(MemorySnapshot snapshot, TimeSpan window)
    {
        if (MemoryParts.Of(snapshot) is not { } parts)
        {
            return;
        }

        operations.RecentProcessor = _history.Last > 0 && IsWorthALook(snapshot, parts)
            ? _processor(_history.Last, parts.TouchedBytes - _history.At(_history.Last).Parts.TouchedBytes)
            : ProcessorWindow.Unknown;
        _last = parts;
        var isKept = _history.Keep(parts, window);
        var place = _history.Last % ReadingHistory.Length;
        if (isKept)
        {
            _operations.Keep(_history.Last);
            _alone.Keep(_history.Last);
            _inFlight[place] = operations.InFlight.Count;
        }
        else
        {
            _inFlight[place] = Math.Max(_inFlight[place], operations.InFlight.Count);
        }

        operations.Processor.Keep(_history.Last, isKept);
    }

    /// <summary>
    /// The cause of the growth of this process that the snapshot shows, or the reason why there is none.
    /// </summary>
    public (MemoryCause? Cause, NoCauseReason Reason) Explain(MemorySnapshot snapshot, TimeSpan window)
    {
        var top = snapshot.HighestResidentBytes ?? 0;
        return MemoryParts.Of(snapshot) is { } now
            ? Find(_history.BeginOfGrowth(window, top), now, top)
            : (null, NoCauseReason.NotReadable);
    }

    /// <summary>
    /// The cause of the growth of what the zone is judged by: used memory, of which a part may be outside of this process, or this process.
    /// </summary>
    public (MemoryCause? Cause, NoCauseReason Reason) ExplainZone(MemorySnapshot snapshot, TimeSpan window)
    {
        if (!MemoryParts.IsJudgedByUsed(snapshot) || MemoryParts.Of(snapshot) is not { UsedBytes: { } used } now)
        {
            return Explain(snapshot, window);
        }

        // The peak between two ticks is known of this process only.
        var top = used + Math.Max(0, (snapshot.HighestResidentBytes ?? 0) - now.ResidentBytes);
        var since = _history.BeginOfGrowth(window, top, now.Source);
        return since == 0 ? Explain(snapshot, window) : Find(since, now, top, isOfUsed: true);
    }

    /// <summary>The cause of the growth during an operation, or the reason why there is none.</summary>
    public (MemoryCause? Cause, NoCauseReason Reason) Explain(in EndedOperation ended, MemorySnapshot snapshot) =>
        MemoryParts.Of(snapshot) is { } now
            ? Find(_history.AtOrBefore(ended.StartTimestamp), now, Math.Max(now.ResidentBytes, ended.ResidentBytes ?? 0))
            : (null, NoCauseReason.NotReadable);

    /// <param name="since">Number of the reading; 0 if there is none.</param>
    /// <param name="now">The current reading.</param>
    /// <param name="topBytes">Highest memory in between, in bytes.</param>
    /// <param name="isOfUsed">Whether used memory is to be explained; otherwise resident memory is.</param>
    private (MemoryCause? Cause, NoCauseReason Reason) Find(long since, in MemoryParts now, long topBytes, bool isOfUsed = false)
    {
        if (since == 0)
        {
            return (null, NoCauseReason.NoEarlierReading);
        }

        var (timestamp, then) = _history.At(since);
        var growth = new Growth(then, now, topBytes, time.GetElapsedTime(timestamp), isOfUsed);
        if (!growth.IsNotable)
        {
            return (null, NoCauseReason.NoGrowth);
        }

        var window = _operations.Since(since, timestamp, _history.Last);
        return (growth.Explain(isMetered ? window.All() : null, Seen(window, since, growth)), NoCauseReason.None);
    }

    private OperationsSeen Seen(OperationWindow window, long since, in Growth growth)
    {
        var most = (long)operations.InFlight.Count;
        for (var number = since; number <= _history.Last; number++)
        {
            most = Math.Max(most, _inFlight[number % ReadingHistory.Length]);
        }

        var seen = new OperationsSeen { InFlight = InFlight(window, growth.Span), Count = window.Count, MostAtOnce = Math.Min(most, window.Count) };
        if (window.Count > 1 && growth.PartWithoutOperation is { } part && _alone.Find(_history, since, growth.Now, part) is { } alone)
        {
            seen = seen with { Alone = OperationsSeen.Describe(alone.Operation), AloneBytes = alone.Bytes };
        }

        return seen.With(_processor(since, growth.Now.TouchedBytes - growth.Then.TouchedBytes), window.Running);
    }

    /// <summary>The operations in flight, those that still are and the last started first. For those that have ended, only the journal still has the context.</summary>
    private List<MemoryCauseOperation> InFlight(OperationWindow window, TimeSpan span)
    {
        var began = time.GetUtcNow() - span;
        var all = window.Running
            .Select(operation => Growth.InFlight(operation.Id, operation.Name, operation.Context, isRunning: true))
            .Concat(operations.Journal.Last()
                .Where(e => e.Kind == JournalEntryKind.Ended && e.Time >= began)
                .Select(e => Growth.InFlight(e.OperationId, e.Name, e.Context, isRunning: false)))
            .DistinctBy(o => o.OperationId)
            .OrderByDescending(o => (o.IsRunning, o.OperationId));
        return [.. all.Take((int)Math.Min(Growth.Named, window.Count))];
    }

    /// <summary>The black box records who had the processor while memory is not healthy, and while it grows.</summary>
    private bool IsWorthALook(MemorySnapshot snapshot, in MemoryParts parts)
    {
        // Above the healthy zone this tick may be the last, so less is worth the price.
        var least = snapshot.Zone > MemoryZone.Healthy ? LeastRiseBytes / 4 : LeastRiseBytes;
        return parts.AllocatedBytes - _last?.AllocatedBytes >= least || parts.ResidentBytes - _last?.ResidentBytes >= least;
    }
}
