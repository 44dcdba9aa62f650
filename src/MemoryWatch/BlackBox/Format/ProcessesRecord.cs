using static MemoryWatch.BlackBox.Format.RecordFields;

namespace MemoryWatch.BlackBox.Format;

/// <summary>The largest other processes in the container.</summary>
internal static class ProcessesRecord
{
    public const int CountOffset = 33;
    public const int CompleteOffset = 34;
    public const int FoundOffset = BodyOffset;
    public const int ItemsOffset = 48;

    /// <summary>Size of an item without its name.</summary>
    public const int ItemSize = 16;

    public const int MostNameBytes = 64;

    private const int ResidentAt = 4;
    private const int NameLengthAt = 12;

    /// <param name="record">An empty record.</param>
    /// <param name="processes">The processes; as many of the largest as fit are written.</param>
    public static void Write(Span<byte> record, ContainerProcesses processes)
    {
        var offset = ItemsOffset;
        var count = 0;
        foreach (var process in processes.Largest)
        {
            if (offset + ItemSize + MostNameBytes > record.Length)
            {
                break;
            }

            Put(record, offset, process.Id);
            Put(record, offset + ResidentAt, process.ResidentBytes);
            var length = RecordText.Write(process.Name, record.Slice(offset + ItemSize, MostNameBytes));
            record[offset + NameLengthAt] = (byte)length;
            offset += ItemSize + length;
            count++;
        }

        record[CountOffset] = (byte)count;
        record[CompleteOffset] = processes.IsComplete ? (byte)1 : (byte)0;
        Put(record, FoundOffset, processes.Count);
    }

    /// <returns>The processes; those up to the first that cannot be one.</returns>
    public static ContainerProcesses Read(ReadOnlySpan<byte> record)
    {
        var largest = new List<ContainerProcess>();
        var offset = ItemsOffset;
        for (var i = 0; i < record[CountOffset] && offset + ItemSize <= record.Length; i++)
        {
            var (id, length) = (Int32(record, offset), record[offset + NameLengthAt]);
            if (id <= 0 || length > MostNameBytes || offset + ItemSize + length > record.Length)
            {
                break;
            }

            largest.Add(new(
                id,
                RecordText.Read(record.Slice(offset + ItemSize, length), SafeText.MaxNameLength),
                Math.Clamp(Int64(record, offset + ResidentAt), 0, AllocationFields.Most)));
            offset += ItemSize + length;
        }

        return new(
            largest, Math.Max(largest.Count, Int32(record, FoundOffset)), record[CompleteOffset] != 0, BoxTime.Time(Int64(record, TimeOffset)));
    }
}
