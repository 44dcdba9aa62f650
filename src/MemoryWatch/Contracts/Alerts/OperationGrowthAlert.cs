namespace MemoryWatch;

/// <summary>
/// Raised when an operation has ended during which the process's resident memory grew by at least the spike threshold, usually too slowly for a
/// spike.
/// </summary>
/// <param name="operationId">The operation's number, as in its journal entries.</param>
/// <param name="operation">The operation's name.</param>
/// <param name="context">The subject of the operation.</param>
/// <example>
/// <code>
/// if (alert is OperationGrowthAlert growth)
/// {
///     logger.LogInformation("{Operation} left {Bytes} bytes after {Duration}", growth.Operation, growth.ResidentChangeBytes, growth.Duration);
/// }
/// </code>
/// </example>
public sealed class OperationGrowthAlert(long operationId, string operation, OperationContext context)
    : OperationAlert("operation", operationId, operation, context)
{
    /// <summary>The change of the whole process's resident memory during the operation, in bytes.</summary>
    public long? ResidentChangeBytes { get; init; }

    /// <summary>
    /// Bytes that the operation allocated on the managed heap, including nested operations; <see langword="null"/> if allocations are not
    /// tracked.
    /// </summary>
    public long? AllocatedBytes { get; init; }

    /// <summary>Duration of the operation.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The spike threshold (<see cref="MemoryWatchOptions.SpikeThreshold"/>), in bytes.</summary>
    public long ThresholdBytes { get; init; }

    /// <summary>Returns one line, such as <c>operation: Download +64.0 MB in 12.4 s, allocated 60.1 MB</c>.</summary>
    public override string ToString() =>
        $"{Kind}: {Operation} {MemoryText.Change(ResidentChangeBytes)} in {MemoryText.Duration(Duration)}, allocated {MemoryText.Megabytes(AllocatedBytes)}";
}
