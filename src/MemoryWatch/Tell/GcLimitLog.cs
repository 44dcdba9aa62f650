using Microsoft.Extensions.Logging;

namespace MemoryWatch.Tell;

/// <summary>The log events of the GC's limits.</summary>
internal static partial class GcLimitLog
{
    public static void Write(ILogger logger, in HeapLimitDecision decision, long? limit, bool knowsPeak, string? problem)
    {
        if (decision.Refusal == HeapLimitRefusal.None)
        {
            Set(
                logger, MemoryText.Limit(decision.Bytes), MemoryText.Limit(decision.OwnBytes), MemoryText.Limit(limit),
                MemoryText.Megabytes(decision.BesideBytes), knowsPeak ? "with the native peak of the previous run" : "as used now");
        }
        else
        {
            NotSet(logger, Why(decision, problem));
        }
    }

    public static void Changed(ILogger logger, long? before, long after, string? problem, long gcLimit) => Changed(
        logger, MemoryText.Limit(before), MemoryText.Limit(after),
        problem is null ? "the GC has read it" : $"the GC did not take it ({problem})",
        MemoryText.Limit(gcLimit));

    private static string Why(in HeapLimitDecision decision, string? problem) => decision.Refusal switch
    {
        HeapLimitRefusal.SetByUser => "you have set one",
        HeapLimitRefusal.NoLimit => "nothing limits the memory of this container",
        HeapLimitRefusal.Unknown => "it is not known how much memory is used",
        HeapLimitRefusal.AlreadyLower =>
            $"the GC's own limit of {MemoryText.Limit(decision.OwnBytes)} leaves enough beside the heap, which is {MemoryText.Megabytes(decision.BesideBytes)}",
        HeapLimitRefusal.TooLittle =>
            $"{MemoryText.Megabytes(decision.BesideBytes)} beside the heap and the reserve leave it too little ({MemoryText.Megabytes(decision.Bytes)})",
        _ => $"the runtime did not take {MemoryText.Limit(decision.Bytes)} ({problem})",
    };

    [LoggerMessage(LogEvents.HeapLimitSet, LogLevel.Information,
        "GC heap limit set to {heap_limit} (before: {own_limit}): {limit}, less {beside} beside the heap ({basis}), less a reserve. At that limit, allocations throw OutOfMemoryException")]
    private static partial void Set(ILogger logger, string heap_limit, string own_limit, string limit, string beside, string basis);

    [LoggerMessage(LogEvents.HeapLimitNotSet, LogLevel.Warning, "GC heap limit not set: {reason}")]
    private static partial void NotSet(ILogger logger, string reason);

    [LoggerMessage(LogEvents.ContainerLimitChanged, LogLevel.Warning,
        "The container's memory limit changed from {before} to {after}; {outcome}. GC limit: {gc_limit}")]
    private static partial void Changed(ILogger logger, string before, string after, string outcome, string gc_limit);
}
