namespace MemoryWatch;

/// <summary>
/// What an operation has allocated on the managed heap, in bytes. Allocated is not retained: most of it is soon garbage. Native memory, and
/// what runs while the flow of the execution context is suppressed, is nobody's.
/// </summary>
public readonly struct OperationAllocation
{
    /// <summary>
    /// What the operation's own async flow has allocated, the flows that it started, and the operations inside of it. From the
    /// runtime's count for each thread, taken when a thread changes to another flow: while a flow computes without
    /// waiting it is at least this much.
    /// </summary>
    public long AllocatedBytes { get; init; }

    /// <summary>As <see cref="AllocatedBytes"/>, without the operations inside of it.</summary>
    public long SelfAllocatedBytes { get; init; }

    /// <summary>
    /// What others allocated on its behalf, as told by <see cref="OperationScope.Charge"/>, the operations inside of it
    /// included. Not measured by the watch, and no part of <see cref="AllocatedBytes"/>.
    /// </summary>
    public long ChargedBytes { get; init; }

    /// <summary>As <see cref="ChargedBytes"/>, without the operations inside of it.</summary>
    public long SelfChargedBytes { get; init; }

    /// <summary>One line: <c>allocated 45.3 MB, charged 2.0 MB</c>.</summary>
    public override string ToString()
    {
        var allocated = $"allocated {MemoryText.Megabytes(AllocatedBytes)}";
        return ChargedBytes > 0 ? $"{allocated}, charged {MemoryText.Megabytes(ChargedBytes)}" : allocated;
    }
}
