using static MemoryWatch.BlackBox.Format.RecordFields;

namespace MemoryWatch.BlackBox.Format;

/// <summary>An operation in flight that a record tells more of.</summary>
/// <param name="OperationId">Its id.</param>
/// <param name="ParentId">Id of the enclosing operation; 0 for none.</param>
/// <param name="Age">How long it has been in flight.</param>
/// <param name="Computing">How long it has been computing without a pause, if it had the processor; otherwise <see langword="null"/>.</param>
/// <param name="IsQuiet">Whether it is quiet: only then the record has its name and context, because no other record has.</param>
/// <param name="Name">Its name.</param>
/// <param name="Context">Its context.</param>
/// <param name="AllocatedBytes">What it allocated so far, nested operations included.</param>
/// <param name="SelfAllocatedBytes">The same without nested operations.</param>
internal readonly record struct RunningItem(
    long OperationId, long ParentId, TimeSpan Age, TimeSpan? Computing, bool IsQuiet, string Name, string Context, long AllocatedBytes,
    long SelfAllocatedBytes)
{
    /// <summary>Whether its threads were the first to touch a large part of the memory that the process got.</summary>
    public bool HasTouched { get; init; }
}

/// <summary>
/// Which operations had the processor before a sample, and which quiet ones are in flight. It has the same clock as the sample before it.
/// </summary>
internal static class RunningRecord
{
    public const int CountOffset = 33;
    public const int KnownOffset = 34;
    public const int ItemsOffset = BodyOffset;

    /// <summary>Size of an item without its texts.</summary>
    public const int ItemSize = 51;

    public const int MostTextBytes = 64;

    private const byte IsProcessorKnown = 1;
    private const byte HaveOthersRun = 1 << 1;
    private const byte Quiet = 1;
    private const byte AtWork = 1 << 1;
    private const byte TouchedMemory = 1 << 2;

    private const int ParentAt = 8;
    private const int AgeAt = 16;
    private const int ComputingAt = 24;
    private const int AllocatedAt = 32;
    private const int SelfAllocatedAt = 40;
    private const int FlagsAt = 48;
    private const int NameLengthAt = 49;
    private const int ContextLengthAt = 50;

    /// <param name="record">An empty record.</param>
    /// <param name="othersRan">Whether threads outside of operations ran; <see langword="null"/> if it is unknown who ran.</param>
    public static void Begin(Span<byte> record, bool? othersRan) => record[KnownOffset] = othersRan switch
    {
        null => 0,
        true => IsProcessorKnown | HaveOthersRun,
        false => IsProcessorKnown,
    };

    /// <summary>Adds an item, if there is room for one.</summary>
    /// <param name="record">The record.</param>
    /// <param name="offset">Where the next item is; <see cref="ItemsOffset"/> for the first.</param>
    /// <param name="item">The item.</param>
    /// <returns>Whether it was added.</returns>
    public static bool TryAdd(Span<byte> record, ref int offset, in RunningItem item)
    {
        if (offset + ItemSize + (item.IsQuiet ? 2 * MostTextBytes : 0) > record.Length)
        {
            return false;
        }

        Put(record, offset, item.OperationId);
        Put(record, offset + ParentAt, item.ParentId);
        Put(record, offset + AgeAt, BoxTime.Of(item.Age));
        Put(record, offset + ComputingAt, BoxTime.Of(item.Computing ?? default));
        Put(record, offset + AllocatedAt, item.AllocatedBytes);
        Put(record, offset + SelfAllocatedAt, item.SelfAllocatedBytes);
        record[offset + FlagsAt] = (byte)((item.IsQuiet ? Quiet : 0) | (item.Computing is null ? 0 : AtWork) | (item.HasTouched ? TouchedMemory : 0));
        var (name, context) = (0, 0);
        if (item.IsQuiet)
        {
            name = RecordText.Write(item.Name, record.Slice(offset + ItemSize, MostTextBytes));
            context = RecordText.Write(item.Context, record.Slice(offset + ItemSize + name, MostTextBytes));
        }

        (record[offset + NameLengthAt], record[offset + ContextLengthAt]) = ((byte)name, (byte)context);
        offset += ItemSize + name + context;
        record[CountOffset]++;
        return true;
    }

    /// <summary>Whether threads outside of operations ran; <see langword="null"/> if it is unknown who ran.</summary>
    public static bool? OthersRan(ReadOnlySpan<byte> record) =>
        (record[KnownOffset] & IsProcessorKnown) == 0 ? null : (record[KnownOffset] & HaveOthersRun) != 0;

    /// <summary>The items of a record, none of an empty one; stops at the first that cannot be one.</summary>
    public static List<RunningItem> Read(ReadOnlySpan<byte> record)
    {
        List<RunningItem> items = [];
        var offset = ItemsOffset;
        if (record.IsEmpty)
        {
            return items;
        }

        for (var i = 0; i < record[CountOffset] && offset + ItemSize <= record.Length; i++)
        {
            var (name, context) = ((int)record[offset + NameLengthAt], (int)record[offset + ContextLengthAt]);
            if (offset + ItemSize + name + context > record.Length)
            {
                break;
            }

            var texts = record[(offset + ItemSize)..];
            items.Add(new(
                Int64(record, offset),
                Int64(record, offset + ParentAt),
                BoxTime.Length(Math.Max(0, Int64(record, offset + AgeAt))),
                (record[offset + FlagsAt] & AtWork) == 0 ? null : BoxTime.Length(Math.Max(0, Int64(record, offset + ComputingAt))),
                (record[offset + FlagsAt] & Quiet) != 0,
                RecordText.Read(texts[..name], SafeText.MaxNameLength),
                RecordText.Read(texts.Slice(name, context), SafeText.MaxContextLength),
                Bytes(record, offset + AllocatedAt),
                Bytes(record, offset + SelfAllocatedAt))
            {
                HasTouched = (record[offset + FlagsAt] & TouchedMemory) != 0,
            });
            offset += ItemSize + name + context;
        }

        return items;
    }

    private static long Bytes(ReadOnlySpan<byte> record, int offset) => Math.Clamp(Int64(record, offset), 0, AllocationFields.Most);
}
