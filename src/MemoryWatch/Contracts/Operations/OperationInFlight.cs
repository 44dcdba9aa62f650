namespace MemoryWatch;

/// <summary>An operation that has started and not ended.</summary>
public readonly struct OperationInFlight
{
    /// <summary>The operation's number, as in its journal entries.</summary>
    public long OperationId { get; init; }

    /// <summary>The number of the operation that it runs inside of; 0 for none.</summary>
    public long ParentId { get; init; }

    /// <summary>The name given by the application; safe to print.</summary>
    public string Name { get; init; }

    /// <summary>The context given by the application; safe to print.</summary>
    public OperationContext Context { get; init; }

    /// <summary>How long it has been running.</summary>
    public TimeSpan Age { get; init; }

    /// <summary>Resident memory of the process when it started, in bytes; absent where it could not be read.</summary>
    public long? StartResidentBytes { get; init; }

    /// <summary>What it has allocated so far, at least; all zero where allocations are not tracked.</summary>
    public OperationAllocation Allocation { get; init; }

    /// <summary>One line: <c>Download 7 for 12.4 s, allocated 45.3 MB</c>.</summary>
    public override string ToString() => $"{Name} {MemoryText.Count(OperationId)} for {MemoryText.Duration(Age)}, {Allocation}";
}
