namespace MemoryWatch;

/// <summary>An operation has ended during which the process's resident memory grew by the spike threshold, too slowly for a spike as a rule.</summary>
/// <param name="operationId">The operation's number.</param>
/// <param name="operation">Its name.</param>
/// <param name="context">What it is about.</param>
public sealed class OperationGrowthAlert(long operationId, string operation, OperationContext context)
    : OperationAlert("operation", operationId, operation, context)
{
    /// <summary>The change of the whole process's resident memory during the operation, in bytes.</summary>
    public long? ResidentChangeBytes { get; init; }

    /// <summary>What the operation allocated, the operations inside of it included, in bytes; absent where allocations are not tracked.</summary>
    public long? AllocatedBytes { get; init; }

    /// <summary>How long the operation took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The spike threshold, in bytes.</summary>
    public long ThresholdBytes { get; init; }

    /// <summary>One line: <c>operation: Download +64.0 MB in 12.4 s, allocated 60.1 MB</c>.</summary>
    public override string ToString() =>
        $"{Kind}: {Operation} {MemoryText.Change(ResidentChangeBytes)} in {MemoryText.Duration(Duration)}, allocated {MemoryText.Megabytes(AllocatedBytes)}";
}
