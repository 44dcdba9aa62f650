using static MemoryWatch.BlackBox.Format.RecordFields;

namespace MemoryWatch.BlackBox.Format;

/// <summary>An operation's allocations, as four numbers in a record.</summary>
internal static class AllocationFields
{
    public const int Size = 4 * sizeof(long);

    /// <summary>Maximum of a number read; it is low enough that two numbers of a damaged file can be added or subtracted without overflow.</summary>
    public const long Most = 1L << 61;

    public static void Write(Span<byte> record, int offset, in OperationAllocation allocation)
    {
        Put(record, offset, allocation.AllocatedBytes);
        Put(record, offset + sizeof(long), allocation.SelfAllocatedBytes);
        Put(record, offset + 2 * sizeof(long), allocation.ChargedBytes);
        Put(record, offset + 3 * sizeof(long), allocation.SelfChargedBytes);
    }

    public static OperationAllocation Read(ReadOnlySpan<byte> record, int offset) => new()
    {
        AllocatedBytes = Bytes(record, offset),
        SelfAllocatedBytes = Bytes(record, offset + sizeof(long)),
        ChargedBytes = Bytes(record, offset + 2 * sizeof(long)),
        SelfChargedBytes = Bytes(record, offset + 3 * sizeof(long)),
    };

    private static long Bytes(ReadOnlySpan<byte> record, int offset) => Math.Clamp(Int64(record, offset), 0, Most);
}
