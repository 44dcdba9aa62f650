namespace MemoryWatch.Track;

/// <summary>An operation that has ended and took enough to be examined individually.</summary>
internal readonly record struct EndedOperation(
    long OperationId,
    int Slot,
    string Name,
    OperationContext Context,
    long StartTimestamp,
    long EndTimestamp,
    OperationAllocation Allocation,
    TimeSpan Duration,
    long? ResidentBytes,
    long? ChangeBytes);
