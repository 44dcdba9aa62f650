using MemoryWatch.Detection;
using MemoryWatch.Operations;

namespace MemoryWatch.Diagnosis;

/// <summary>Finds what most likely made memory grow since a reading of the history. Used by the watch thread only.</summary>
internal sealed class CauseFinder(MemoryHistory history, OperationHistory operations, Journal journal, TimeProvider time, bool isMetered)
{
    /// <summary>How many operations are named.</summary>
    public const int Named = 5;

    /// <summary>A growth of less has no cause worth naming.</summary>
    public const long LeastRiseBytes = 1 << 20;

    // An operation is named from this part of all that was allocated on, and from 0.1 MB.
    private const double LeastShare = 0.01;
    private const long LeastNamedBytes = (1 << 20) / 10;

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
        if (topBytes - then.ResidentBytes < LeastRiseBytes)
        {
            return null;
        }

        var window = operations.Since(since, timestamp, history.Last);
        var allocated = now.AllocatedBytes - then.AllocatedBytes;
        var span = time.GetElapsedTime(timestamp);
        var ranked = isMetered ? window.Rank(allocated) : [];
        MemoryCauseOperation[] named = [.. ranked.Where(IsWorthNaming).Take(Named)];
        return new()
        {
            Window = span,
            RiseBytes = topBytes - then.ResidentBytes,
            ResidentChangeBytes = now.ResidentBytes - then.ResidentBytes,
            ManagedChangeBytes = now.ManagedBytes - then.ManagedBytes,
            NativeChangeBytes = now.NativeBytes - then.NativeBytes,
            SharedChangeBytes = now.SharedBytes - then.SharedBytes,
            FileBackedChangeBytes = now.FileBackedBytes - then.FileBackedBytes,
            AllocatedBytes = allocated,
            Operations = named,
            OtherAllocatedBytes = ranked.Sum(o => o.AllocatedBytes) - named.Sum(o => o.AllocatedBytes),
            UnattributedBytes = isMetered && allocated is { } all ? Math.Max(0, all - ranked.Sum(o => o.AllocatedBytes)) : null,
            InFlight = InFlight(window, span),
            InFlightCount = window.Count,
        };
    }

    private static bool IsWorthNaming(MemoryCauseOperation operation) =>
        operation.AllocatedBytes + operation.ChargedBytes >= LeastNamedBytes
        && (operation.Share >= LeastShare || operation.ChargedBytes >= OperationHandover.LeastBytes);

    /// <summary>The last started first. Of those that ended only the journal still knows what they were about.</summary>
    private List<MemoryCauseOperation> InFlight(OperationWindow window, TimeSpan span)
    {
        var began = time.GetUtcNow() - span;
        var all = window.Running
            .Select(scope => Describe(scope.Id, scope.Name, scope.Context, isRunning: true))
            .Concat(journal.Last()
                .Where(e => e.Kind == JournalEntryKind.Ended && e.Time >= began)
                .Select(e => Describe(e.OperationId, e.Name, e.Context, isRunning: false)))
            .DistinctBy(o => o.OperationId)
            .OrderByDescending(o => o.OperationId);
        return [.. all.Take((int)Math.Min(Named, window.Count))];
    }

    private static MemoryCauseOperation Describe(long id, string name, OperationContext context, bool isRunning) =>
        new() { OperationId = id, Name = name, Context = context, Count = 1, IsRunning = isRunning };
}
