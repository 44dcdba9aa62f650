namespace MemoryWatch.Tell;

/// <summary>How what an operation allocated looks in a line: <c>allocated 45.3 MB, charged 2.0 MB</c>.</summary>
internal static class AllocationText
{
    public static string Of(in OperationAllocation allocation)
    {
        var allocated = $"allocated {MemoryText.Megabytes(allocation.AllocatedBytes)}";
        return allocation.ChargedBytes > 0 ? $"{allocated}, charged {MemoryText.Megabytes(allocation.ChargedBytes)}" : allocated;
    }
}
