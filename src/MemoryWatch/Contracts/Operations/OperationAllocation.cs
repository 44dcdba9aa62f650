namespace MemoryWatch;

/// <summary>
/// Bytes that an operation allocated on the managed heap. Allocated is not retained: most of it is soon garbage. Native memory, and code that
/// runs while the flow of the execution context is suppressed, is attributed to no operation.
/// </summary>
/// <example>
/// <code>
/// using var scope = watch.Track("Convert");
/// await DownloadAsync(userId);
/// OperationAllocation allocation = scope.Allocation;
/// Console.WriteLine($"{allocation.AllocatedBytes} bytes, of that {allocation.SelfAllocatedBytes} outside of nested operations");
/// </code>
/// </example>
public readonly struct OperationAllocation
{
    /// <summary>
    /// Bytes allocated by the operation's async flow, by the flows that it started, and by nested operations. They come from the runtime's
    /// count for each thread and are attributed when a flow leaves its thread. While a flow computes without waiting, the operation has
    /// allocated at least this much. It is 0 if allocations are not tracked.
    /// </summary>
    public long AllocatedBytes { get; init; }

    /// <summary>Like <see cref="AllocatedBytes"/>, without nested operations.</summary>
    public long SelfAllocatedBytes { get; init; }

    /// <summary>
    /// Bytes that other code allocated for the operation, as reported with <see cref="OperationScope.Charge"/>, including nested operations.
    /// The watch does not measure them, and they are not part of <see cref="AllocatedBytes"/>.
    /// </summary>
    public long ChargedBytes { get; init; }

    /// <summary>Like <see cref="ChargedBytes"/>, without nested operations.</summary>
    public long SelfChargedBytes { get; init; }

    /// <summary>Returns one line, such as <c>allocated 45.3 MB, charged 2.0 MB</c>.</summary>
    public override string ToString()
    {
        var allocated = $"allocated {MemoryText.Megabytes(AllocatedBytes)}";
        return ChargedBytes > 0 ? $"{allocated}, charged {MemoryText.Megabytes(ChargedBytes)}" : allocated;
    }
}
