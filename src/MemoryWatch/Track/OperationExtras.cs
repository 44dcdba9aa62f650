using System.Diagnostics;

namespace MemoryWatch.Track;

/// <summary>What few operations have. Kept apart, so that the others are small.</summary>
internal sealed class OperationExtras
{
    public object? Failure;
    public OperationBudget? Budget;
    public OperationCancellation? Cancellation;
    public long Charged;
    public long SelfCharged;

    /// <summary>Bytes that have not been passed on to the enclosing operations yet.</summary>
    public long Pending;

    public Activity? Activity { get; set; }
}
