namespace MemoryWatch.BlackBox.Format;

/// <summary>An operation in flight and what it has allocated so far.</summary>
internal readonly record struct AllocationInFlight(long OperationId, OperationAllocation Allocation);
