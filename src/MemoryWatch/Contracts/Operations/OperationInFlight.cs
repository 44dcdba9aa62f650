namespace MemoryWatch;

/// <summary>An operation that has started and not ended.</summary>
/// <example>
/// <code>
/// foreach (OperationInFlight operation in watch.InFlight.Where(o => o.Age > TimeSpan.FromMinutes(5)))
/// {
///     Console.WriteLine(operation.Describe());
/// }
/// </code>
/// </example>
public readonly struct OperationInFlight
{
    /// <summary>The operation's number, as in its journal entries.</summary>
    public long OperationId { get; init; }

    /// <summary>Number of the enclosing operation; 0 for none.</summary>
    public long ParentId { get; init; }

    /// <summary>The name given by the application; safe to print.</summary>
    public string Name { get; init; }

    /// <summary>The context given by the application; safe to print.</summary>
    public OperationContext Context { get; init; }

    /// <summary>Time since the operation started.</summary>
    public TimeSpan Age { get; init; }

    /// <summary>Resident memory of the process when the operation started, in bytes; <see langword="null"/> if it could not be read.</summary>
    public long? StartResidentBytes { get; init; }

    /// <summary>
    /// Bytes that the operation has allocated at least so far. The allocated bytes are 0 if allocations are not tracked; charged bytes count in
    /// any case.
    /// </summary>
    public OperationAllocation Allocation { get; init; }

    /// <summary>Returns one line, such as <c>Download 7 for 12.4 s, allocated 45.3 MB</c>.</summary>
    public override string ToString() => $"{Name} {MemoryText.Count(OperationId)} for {MemoryText.Duration(Age)}, {Allocation}";
}
