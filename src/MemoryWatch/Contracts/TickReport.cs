namespace MemoryWatch;

/// <summary>What one tick of the watch came to: what was read, and what the judges found in it. Made by the judge, acted upon, then told.</summary>
/// <param name="snapshot">What was read, with its zone.</param>
/// <param name="alerts">What was found, with causes; often nothing.</param>
/// <param name="isHigh">Whether usage has reached the high threshold and not left it since.</param>
internal sealed class TickReport(MemorySnapshot snapshot, MemoryAlert[] alerts, bool isHigh)
{
    public MemorySnapshot Snapshot { get; } = snapshot;

    public MemoryAlert[] Alerts { get; } = alerts;

    public bool IsHigh { get; } = isHigh;

    /// <summary>
    /// Operations that have been running for longer than <see cref="LongOperation"/>, the oldest first, where memory is tight and there is a
    /// report to name them in.
    /// </summary>
    public OperationInFlight[] LongOperations { get; init; } = [];

    public TimeSpan LongOperation { get; init; }

    /// <summary>The snapshot once more, where the periodic check is due and it is to be shown as it is.</summary>
    public MemorySnapshot? Check { get; init; }

    /// <summary>What the GC did since the last report of that; absent where none is due.</summary>
    public CollectionReport? Collections { get; init; }
}
