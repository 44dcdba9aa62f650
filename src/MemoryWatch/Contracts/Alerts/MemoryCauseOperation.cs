using System.Text.Json.Serialization;

namespace MemoryWatch;

/// <summary>
/// An operation, or the sum of several operations of one name, with the bytes allocated within the window of a <see cref="MemoryCause"/>.
/// </summary>
/// <example>
/// <code>
/// foreach (MemoryCauseOperation operation in alert.Cause?.Operations ?? [])
/// {
///     logger.LogInformation("{Share:P0} by {Count} x {Operation}", operation.Share, operation.Count, operation.Name);
/// }
/// </code>
/// </example>
public sealed class MemoryCauseOperation
{
    private OperationContext _context;

    /// <summary>The operation's name; safe to print.</summary>
    public required string Name { get; init; }

    /// <summary>The subject of the operation; for a sum, that of its operations if it is known to be the same for all. Safe to print.</summary>
    public OperationContext Context
    {
        get => _context;
        init => _context = value;
    }

    /// <summary>The operation's number, as in its journal entries; 0 for a sum.</summary>
    public long OperationId { get; init; }

    /// <summary>
    /// Number of operations that this item stands for: 1, or the number of operations of this name that are not listed separately because each
    /// took little of what they took together. It is 0 if the bytes were allocated after the end of operations of this name, by flows that these
    /// operations had started.
    /// </summary>
    public long Count { get; init; }

    /// <summary>
    /// Bytes allocated on the managed heap within the window, without nested operations: each byte counts once. If the operation is still
    /// running, it has allocated at least this much, because a flow is counted when it leaves its thread. Allocated is not retained.
    /// </summary>
    public long AllocatedBytes { get; init; }

    /// <summary>
    /// Bytes charged with <see cref="OperationScope.Charge"/> within the window. They are not measured, and are not part of
    /// <see cref="AllocatedBytes"/>.
    /// </summary>
    public long ChargedBytes { get; init; }

    /// <summary>
    /// The share of all bytes that the process allocated within the window, 0 to 1. It is an estimate of the share of the managed growth.
    /// </summary>
    public double Share { get; init; }

    /// <summary>Whether the operation is still in flight; for a sum, whether any of its operations is.</summary>
    public bool IsRunning { get; init; }

    /// <summary>
    /// How long the operation has been on its thread without handing in what it allocated, for one that was at work; <see langword="null"/> for
    /// others.
    /// </summary>
    public TimeSpan? ComputingFor { get; init; }

    /// <summary>
    /// For an operation that was at work: whether its threads were the first to touch a large part of the memory that the process got within the
    /// window. The kernel counts that for each thread, as minor page faults in <c>/proc/self/task/ID/stat</c>. It is <see langword="false"/> if the
    /// operation only had the processor, or if nothing is known.
    /// </summary>
    public bool TouchedNewMemory { get; init; }

    /// <summary>Whether it began before the window, so that some of its bytes may be from before.</summary>
    [JsonIgnore]
    internal bool IsOlder { get; init; }

    /// <summary>Copies the operation without its context.</summary>
    internal MemoryCauseOperation WithoutContext()
    {
        var copy = (MemoryCauseOperation)MemberwiseClone();
        copy._context = default;
        return copy;
    }

    /// <summary>Returns one line, such as <c>Download x 1, allocated 118.4 MB, charged 0.0 MB</c>.</summary>
    public override string ToString() => 
        $"{Name} x {MemoryText.Count(Count)}, allocated {MemoryText.Megabytes(AllocatedBytes)}, charged {MemoryText.Megabytes(ChargedBytes)}";
}
