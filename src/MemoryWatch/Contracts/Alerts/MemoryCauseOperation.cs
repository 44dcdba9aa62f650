namespace MemoryWatch;

/// <summary>An operation, or all small ones of a name together, and what it allocated within the window of a <see cref="MemoryCause"/>.</summary>
public sealed class MemoryCauseOperation
{
    /// <summary>The operation's name; safe to print.</summary>
    public required string Name { get; init; }

    /// <summary>What it is about; empty for several together. Safe to print.</summary>
    public OperationContext Context { get; init; }

    /// <summary>The operation's number, as in its journal entries; 0 for several together.</summary>
    public long OperationId { get; init; }

    /// <summary>
    /// How many operations this stands for: 1, or the number of small ones of this name. 0 for what flows that ended operations
    /// of this name had started allocated after their end.
    /// </summary>
    public long Count { get; init; }

    /// <summary>
    /// What was allocated on the managed heap within the window, in bytes, the operations inside of it left out: each byte is told once. At
    /// least this much where it is still running: a flow is counted when it leaves its thread. Allocated is not retained.
    /// </summary>
    public long AllocatedBytes { get; init; }

    /// <summary>What was charged by <see cref="OperationScope.Charge"/> within the window, in bytes; not measured, and no part of the above.</summary>
    public long ChargedBytes { get; init; }

    /// <summary>Its part of all that the process allocated within the window, 0 to 1: its share of the managed growth.</summary>
    public double Share { get; init; }

    /// <summary>Whether it is still in flight; for several together, whether any of them is.</summary>
    public bool IsRunning { get; init; }

    /// <summary>One line: <c>Download x 1, allocated 118.4 MB, charged 0.0 MB</c>.</summary>
    public override string ToString() => 
        $"{Name} x {MemoryText.Count(Count)}, allocated {MemoryText.Megabytes(AllocatedBytes)}, charged {MemoryText.Megabytes(ChargedBytes)}";
}
