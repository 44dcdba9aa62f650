using MemoryWatch.BlackBox.Recall;
using static MemoryWatch.BlackBox.Format.RecordFields;

namespace MemoryWatch.BlackBox.Format;

/// <summary>What some operations in flight have allocated so far.</summary>
internal static class AllocationRecord
{
    public const int CountOffset = 33;
    public const int CutOffset = 34;
    public const int ItemsOffset = BodyOffset;
    public const int ItemSize = sizeof(long) + AllocationFields.Size;

    /// <summary>How many operations a record has room for.</summary>
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

    public static void Read(ReadOnlySpan<byte> record, AllocationsAtOnce allocations)
    {
        allocations.IsCut |= record[CutOffset] != 0;
        var count = Math.Min((int)record[CountOffset], MostItems);
        for (var i = 0; i < count; i++)
        {
            var offset = ItemsOffset + i * ItemSize;
            allocations[Int64(record, offset)] = AllocationFields.Read(record, offset + sizeof(long));
        }
    }
}
