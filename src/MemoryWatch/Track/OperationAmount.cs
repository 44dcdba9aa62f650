namespace MemoryWatch.Track;

/// <summary>Bytes that operations allocated and bytes reported with <c>Charge</c>, both without nested operations.</summary>
internal readonly record struct OperationAmount(long AllocatedBytes, long ChargedBytes)
{
    public long Sum => AllocatedBytes + ChargedBytes;

    public static OperationAmount OwnOf(in OperationAllocation allocation) => new(allocation.SelfAllocatedBytes, allocation.SelfChargedBytes);

    public static OperationAmount operator +(OperationAmount left, OperationAmount right) =>
        new(left.AllocatedBytes + right.AllocatedBytes, left.ChargedBytes + right.ChargedBytes);

    public static OperationAmount operator -(OperationAmount left, OperationAmount right) =>
        new(left.AllocatedBytes - right.AllocatedBytes, left.ChargedBytes - right.ChargedBytes);

    /// <summary>The same amount, with each part at least zero.</summary>
    public OperationAmount Floored() => new(Math.Max(0, AllocatedBytes), Math.Max(0, ChargedBytes));
}
