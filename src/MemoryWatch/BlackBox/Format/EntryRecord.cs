using System.Buffers.Binary;
using static MemoryWatch.BlackBox.Format.RecordFields;

namespace MemoryWatch.BlackBox.Format;

/// <summary>A journal entry in a record: a mark, an explicit snapshot, the start or the end of an operation.</summary>
internal static class EntryRecord
{
    public const int OutcomeOffset = 33;
    public const int PresentOffset = 34;
    public const int ReplayOffset = 35;
    public const int OperationOffset = BodyOffset;
    public const int ParentOffset = 48;
    public const int ResidentOffset = 56;
    public const int ChangeOffset = 64;
    public const int DurationOffset = 72;
    public const int SlotOffset = 80;
    public const int NameLengthOffset = 84;
    public const int ContextLengthOffset = 86;
    public const int ErrorLengthOffset = 88;

    public const int AllocationOffset = 96;
    public const int TextOffset = 128;
    public const int MostNameBytes = 128;
    public const int MostErrorBytes = 112;

    private const int ResidentBit = 0;
    private const int ChangeBit = 1;
    private const int DurationBit = 2;
    private const int AllocationBit = 3;

    public static void Write(Span<byte> record, in JournalEntry entry, bool isReplay)
    {
        record[OutcomeOffset] = (byte)(entry.Outcome == OperationOutcome.Unknown ? 0 : entry.Outcome - OperationOutcome.Running);
        record[ReplayOffset] = isReplay ? (byte)1 : (byte)0;
        Put(record, OperationOffset, entry.OperationId);
        Put(record, ParentOffset, entry.ParentId);
        Put(record, ResidentOffset, entry.ResidentBytes, PresentOffset, ResidentBit);
        Put(record, ChangeOffset, entry.ChangeBytes, PresentOffset, ChangeBit);
        Put(record, DurationOffset, entry.Duration is { } duration ? BoxTime.Of(duration) : null, PresentOffset, DurationBit);
        Put(record, SlotOffset, entry.Slot);

        if (entry.Allocation is { } allocation)
        {
            record[PresentOffset] |= 1 << AllocationBit;
            AllocationFields.Write(record, AllocationOffset, allocation);
        }

        // The context comes last because it is the longest: it gets all the space that the other texts leave.
        var text = record[TextOffset..];
        var name = RecordText.Write(entry.Name, text[..MostNameBytes]);
        var error = RecordText.Write(entry.Error, text.Slice(name, MostErrorBytes));
        var context = RecordText.Write(entry.Context.Text, text[(name + error)..]);
        BinaryPrimitives.WriteUInt16LittleEndian(record[NameLengthOffset..], (ushort)name);
        BinaryPrimitives.WriteUInt16LittleEndian(record[ErrorLengthOffset..], (ushort)error);
        BinaryPrimitives.WriteUInt16LittleEndian(record[ContextLengthOffset..], (ushort)context);
    }

    public static RecordKind KindOf(JournalEntryKind kind) => kind switch
    {
        JournalEntryKind.Mark => RecordKind.Mark,
        JournalEntryKind.Snapshot => RecordKind.Snapshot,
        JournalEntryKind.Started => RecordKind.Started,
        _ => RecordKind.Ended,
    };

    public static bool IsEntry(RecordKind kind) => kind is >= RecordKind.Mark and <= RecordKind.Ended;

    public static long OperationId(ReadOnlySpan<byte> record) => Int64(record, OperationOffset);

    public static int Slot(ReadOnlySpan<byte> record) => Int32(record, SlotOffset);

    /// <summary>Whether the record replays an operation that had started before.</summary>
    public static bool IsReplay(ReadOnlySpan<byte> record) => record[ReplayOffset] != 0;

    /// <summary>Duration of an ended operation in microseconds; 0 if it is unknown.</summary>
    public static long Duration(ReadOnlySpan<byte> record) => Optional(record, DurationOffset, PresentOffset, DurationBit) ?? 0;

    /// <summary>Allocations of an ended operation; <see langword="null"/> if allocations were not tracked.</summary>
    public static OperationAllocation? Allocation(ReadOnlySpan<byte> record) =>
        (record[PresentOffset] & 1 << AllocationBit) != 0 ? AllocationFields.Read(record, AllocationOffset) : null;

    /// <returns>The entry; <see langword="null"/> if the lengths of its texts are invalid.</returns>
    public static JournalEntry? Read(ReadOnlySpan<byte> record)
    {
        var name = BinaryPrimitives.ReadUInt16LittleEndian(record[NameLengthOffset..]);
        var error = BinaryPrimitives.ReadUInt16LittleEndian(record[ErrorLengthOffset..]);
        var context = BinaryPrimitives.ReadUInt16LittleEndian(record[ContextLengthOffset..]);
        var text = record[TextOffset..];
        if (name + error + context > text.Length)
        {
            return null;
        }

        var duration = Optional(record, DurationOffset, PresentOffset, DurationBit);
        var kind = JournalEntryKind.Mark + (Kind(record) - RecordKind.Mark);
        return new()
        {
            Sequence = Sequence(record),
            Time = BoxTime.Time(Int64(record, TimeOffset)),
            Kind = kind,
            OperationId = OperationId(record),
            ParentId = Int64(record, ParentOffset),
            Slot = Slot(record),
            Name = RecordText.Read(text[..name], SafeText.MaxNameLength),
            Context = new OperationContext(RecordText.Read(text.Slice(name + error, context), SafeText.MaxContextLength)),
            ResidentBytes = Optional(record, ResidentOffset, PresentOffset, ResidentBit),
            ChangeBytes = Optional(record, ChangeOffset, PresentOffset, ChangeBit),
            Duration = duration is { } length ? BoxTime.Length(length) : null,
            Allocation = Allocation(record),
            Outcome = OperationOutcome.Running + Math.Min((int)record[OutcomeOffset], OperationOutcome.Cancelled - OperationOutcome.Running),
            Error = error == 0 ? null : RecordText.Read(text.Slice(name, error), SafeText.MaxErrorLength),
        };
    }
}
