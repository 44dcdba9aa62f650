namespace MemoryWatch.BlackBox.Format;

/// <summary>An operation in flight and its allocations so far.</summary>
internal readonly record struct AllocationInFlight(long OperationId, OperationAllocation Allocation);
