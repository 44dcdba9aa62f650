namespace MemoryWatch.Track;

/// <summary>What operations allocated themselves, and what was charged to them, in bytes; without those inside of them.</summary>
internal readonly record struct OperationAmount(long AllocatedBytes, long ChargedBytes)
{
    public long Sum => AllocatedBytes + ChargedBytes;

    public static OperationAmount OwnOf(in OperationAllocation allocation) => new(allocation.SelfAllocatedBytes, allocation.SelfChargedBytes);

    public static OperationAmount operator +(OperationAmount left, OperationAmount right) =>
        new(left.AllocatedBytes + right.AllocatedBytes, left.ChargedBytes + right.ChargedBytes);

    public static OperationAmount operator -(OperationAmount left, OperationAmount right) =>
        new(left.AllocatedBytes - right.AllocatedBytes, left.ChargedBytes - right.ChargedBytes);

    /// <summary>The same, nothing of it below zero.</summary>
    public OperationAmount Floored() => new(Math.Max(0, AllocatedBytes), Math.Max(0, ChargedBytes));
}
