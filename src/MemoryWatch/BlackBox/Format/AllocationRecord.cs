using static MemoryWatch.BlackBox.Format.RecordFields;

namespace MemoryWatch.BlackBox.Format;

/// <summary>The allocations so far of some operations in flight.</summary>
internal static class AllocationRecord
{
    public const int CountOffset = 33;
    public const int CutOffset = 34;
    public const int ItemsOffset = BodyOffset;
    public const int ItemSize = sizeof(long) + AllocationFields.Size;

    /// <summary>Maximum number of operations in a record.</summary>
    public const int MostItems = (BoxFormat.RecordSize - ItemsOffset) / ItemSize;

    public static void Write(Span<byte> record, ReadOnlySpan<AllocationInFlight> items, bool isCut)
    {
        record[CountOffset] = (byte)items.Length;
        record[CutOffset] = isCut ? (byte)1 : (byte)0;
        for (var i = 0; i < items.Length; i++)
        {
            Put(record, ItemsOffset + i * ItemSize, items[i].OperationId);
            AllocationFields.Write(record, ItemsOffset + i * ItemSize + sizeof(long), items[i].Allocation);
        }
    }

    /// <summary>Whether more operations were in flight than the records hold.</summary>
    public static bool IsCut(ReadOnlySpan<byte> record) => record[CutOffset] != 0;

    public static int Count(ReadOnlySpan<byte> record) => Math.Min((int)record[CountOffset], MostItems);

    /// <param name="record">A sound record.</param>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    public static AllocationInFlight Read(ReadOnlySpan<byte> record, int index)
    {
        var offset = ItemsOffset + index * ItemSize;
        return new(Int64(record, offset), AllocationFields.Read(record, offset + sizeof(long)));
    }
}
