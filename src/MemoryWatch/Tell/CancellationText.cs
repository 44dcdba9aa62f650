using Microsoft.Extensions.Logging;

namespace MemoryWatch.Tell;

/// <summary>The log events about operations that the watch cancels, and the reasons in their journal entries.</summary>
internal static partial class CancellationText
{
    /// <summary>The reason of the outcome of such an operation.</summary>
    public const string Reason = "cancelled by MemoryWatch to free memory";

    public const string NoGrowth = "memory has not grown since it was last healthy";
    public const string NoSource = "none in flight can be cancelled, or each one was cancelled before";
    public const string AllWait = "each one that can be cancelled waits";
    public const string TooSmall = "none that can be cancelled took a quarter of what memory has grown by";

    public static void Cancelled(ILogger logger, string operation, in OperationContext context, long takenBytes, long? grownBytes) => OperationCancelled(
        logger, OperationText.Name(operation, context), MemoryText.Megabytes(takenBytes), MemoryText.Megabytes(grownBytes));

    /// <summary>The error of the step if the operation does not end.</summary>
    public static string StillRuns(string operation, in OperationContext context) =>
        $"{OperationText.Name(operation, context)} was cancelled and still runs.";

    [LoggerMessage(LogEvents.NothingCancelled, LogLevel.Information, "No operation was cancelled: {reason}")]
    public static partial void NothingCancelled(ILogger logger, string reason);

    [LoggerMessage(LogEvents.OperationCancelled, LogLevel.Warning,
        "✂️ {operation} is cancelled to free memory: it took {taken} since memory was last healthy, which has grown by {grown} since")]
    private static partial void OperationCancelled(ILogger logger, string operation, string taken, string grown);
}
