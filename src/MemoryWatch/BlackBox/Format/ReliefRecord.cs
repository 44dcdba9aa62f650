using System.Buffers.Binary;
using static MemoryWatch.BlackBox.Format.RecordFields;

namespace MemoryWatch.BlackBox.Format;

/// <summary>A relief step in a record.</summary>
internal static class ReliefRecord
{
    public const int PresentOffset = 34;
    public const int DurationOffset = BodyOffset;
    public const int BeforeOffset = 48;
    public const int AfterOffset = 72;
    public const int NameLengthOffset = 96;
    public const int ErrorLengthOffset = 98;
    public const int TextOffset = 100;
    public const int MostNameBytes = 128;

    private const int BeforeBit = 0;
    private const int AfterBit = 1;

    public static void Write(Span<byte> record, ReliefOutcome outcome)
    {
        RecordFields.Put(record, DurationOffset, BoxTime.Of(outcome.Duration));
        Put(record, outcome.Before, BeforeOffset, BeforeBit);
        Put(record, outcome.After, AfterOffset, AfterBit);
        var text = record[TextOffset..];
        var name = RecordText.Write(outcome.Name, text[..MostNameBytes]);
        var error = RecordText.Write(outcome.Error, text[name..]);
        BinaryPrimitives.WriteUInt16LittleEndian(record[NameLengthOffset..], (ushort)name);
        BinaryPrimitives.WriteUInt16LittleEndian(record[ErrorLengthOffset..], (ushort)error);
    }

    /// <returns>The outcome; <see langword="null"/> if the lengths of its texts are invalid.</returns>
    public static ReliefOutcome? Read(ReadOnlySpan<byte> record)
    {
        var name = BinaryPrimitives.ReadUInt16LittleEndian(record[NameLengthOffset..]);
        var error = BinaryPrimitives.ReadUInt16LittleEndian(record[ErrorLengthOffset..]);
        var text = record[TextOffset..];
        return name + error > text.Length ? null : new()
        {
            Name = RecordText.Read(text[..name], SafeText.MaxNameLength),
            Time = BoxTime.Time(Int64(record, TimeOffset)),
            Duration = BoxTime.Length(Int64(record, DurationOffset)),
            Before = Measure(record, BeforeOffset, BeforeBit),
            After = Measure(record, AfterOffset, AfterBit),
            Error = error == 0 ? null : RecordText.Read(text.Slice(name, error), SafeText.MaxErrorLength),
        };
    }

    private static void Put(Span<byte> record, in ReliefMeasure measure, int offset, int bit)
    {
        RecordFields.Put(record, offset, measure.ResidentBytes, PresentOffset, bit);
        RecordFields.Put(record, offset + 8, measure.HeapBytes);
        RecordFields.Put(record, offset + 16, measure.CommittedBytes);
    }

    private static ReliefMeasure Measure(ReadOnlySpan<byte> record, int offset, int bit) => new()
    {
        ResidentBytes = Optional(record, offset, PresentOffset, bit),
        HeapBytes = Int64(record, offset + 8),
        CommittedBytes = Int64(record, offset + 16),
    };
}
