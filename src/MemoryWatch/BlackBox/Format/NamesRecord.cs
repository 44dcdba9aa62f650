using static MemoryWatch.BlackBox.Format.RecordFields;

namespace MemoryWatch.BlackBox.Format;

/// <summary>
/// What the operations of one name took since the previous record of this kind, without nested operations: those that ended and those in flight,
/// quiet ones included.
/// </summary>
/// <param name="Name">The name, cut to <see cref="NamesRecord.MostNameBytes"/>.</param>
/// <param name="Ended">How many of them have ended.</param>
/// <param name="InFlight">How many are in flight.</param>
/// <param name="AllocatedBytes">What they allocated.</param>
/// <param name="ChargedBytes">What was charged to them.</param>
/// <param name="LateBytes">What their flows allocated after their end.</param>
internal readonly record struct NameAllocation(
    string Name, int Ended, int InFlight, long AllocatedBytes, long ChargedBytes, long LateBytes);

/// <summary>The names whose operations took most since the previous such record.</summary>
internal static class NamesRecord
{
    public const int CountOffset = 33;
    public const int OthersOffset = BodyOffset;
    public const int ItemsOffset = 48;

    /// <summary>Size of an item without its name.</summary>
    public const int ItemSize = 33;

    public const int MostNameBytes = 96;

    private const int InFlightAt = 4;
    private const int AllocatedAt = 8;
    private const int ChargedAt = 16;
    private const int LateAt = 24;
    private const int NameLengthAt = 32;

    /// <summary>Writes as many items as fit.</summary>
    /// <param name="record">An empty record.</param>
    /// <param name="items">The items, the largest first.</param>
    /// <param name="othersBytes">What the operations of further names allocated, to which the items are added that do not fit.</param>
    public static void Write(Span<byte> record, ReadOnlySpan<NameAllocation> items, long othersBytes)
    {
        var offset = ItemsOffset;
        var count = 0;
        foreach (var item in items)
        {
            // An item that may not fit is left out with all after it, so that the largest are those that are kept.
            if (offset + ItemSize + MostNameBytes > record.Length)
            {
                break;
            }

            Put(record, offset, item.Ended);
            Put(record, offset + InFlightAt, item.InFlight);
            Put(record, offset + AllocatedAt, item.AllocatedBytes);
            Put(record, offset + ChargedAt, item.ChargedBytes);
            Put(record, offset + LateAt, item.LateBytes);
            var length = RecordText.Write(item.Name, record.Slice(offset + ItemSize, MostNameBytes));
            record[offset + NameLengthAt] = (byte)length;
            offset += ItemSize + length;
            count++;
        }

        foreach (var item in items[count..])
        {
            othersBytes += item.AllocatedBytes;
        }

        record[CountOffset] = (byte)count;
        Put(record, OthersOffset, othersBytes);
    }

    public static long Others(ReadOnlySpan<byte> record) => Bytes(record, OthersOffset);

    /// <summary>Adds the items of a record to a list; stops at the first that cannot be one.</summary>
    public static void Read(ReadOnlySpan<byte> record, List<NameAllocation> items)
    {
        var offset = ItemsOffset;
        for (var i = 0; i < record[CountOffset] && offset + ItemSize <= record.Length; i++)
        {
            var length = record[offset + NameLengthAt];
            if (length > MostNameBytes || offset + ItemSize + length > record.Length)
            {
                return;
            }

            items.Add(new(
                RecordText.Read(record.Slice(offset + ItemSize, length), SafeText.MaxNameLength),
                Math.Max(0, Int32(record, offset)),
                Math.Max(0, Int32(record, offset + InFlightAt)),
                Bytes(record, offset + AllocatedAt),
                Bytes(record, offset + ChargedAt),
                Bytes(record, offset + LateAt)));
            offset += ItemSize + length;
        }
    }

    /// <summary>The name as a record holds it.</summary>
    public static string Cut(string name)
    {
        Span<byte> bytes = stackalloc byte[MostNameBytes];
        return RecordText.Read(bytes[..RecordText.Write(name, bytes)], SafeText.MaxNameLength);
    }

    private static long Bytes(ReadOnlySpan<byte> record, int offset) => Math.Clamp(Int64(record, offset), 0, AllocationFields.Most);
}
