using System.Buffers.Binary;
using static MemoryWatch.BlackBox.Format.RecordFields;

namespace MemoryWatch.BlackBox.Format;

/// <summary>One way in which a run ended, or what came before its end.</summary>
/// <param name="Kind">Stopped, exited, crashed or out of memory.</param>
/// <param name="Time">When (UTC).</param>
/// <param name="Clock">When, since the run's start.</param>
/// <param name="Number">The exit code, or how often memory was out.</param>
/// <param name="Error">The exception's type and message; empty without one.</param>
internal sealed record EndMark(RecordKind Kind, DateTimeOffset Time, TimeSpan Clock, long Number, string Error);

/// <summary>An <see cref="EndMark"/> in a record. Each kind has a place of its own.</summary>
internal static class EndMarkRecord
{
    public const int NumberOffset = BodyOffset;
    public const int ErrorLengthOffset = 48;
    public const int ErrorOffset = 50;

    public static long OffsetOf(RecordKind kind) => BoxFormat.EndMarksOffset + (kind - RecordKind.Stopped) * BoxFormat.RecordSize;

    public static void Write(Span<byte> record, long number, string? error)
    {
        Put(record, NumberOffset, number);
        BinaryPrimitives.WriteUInt16LittleEndian(record[ErrorLengthOffset..], (ushort)RecordText.Write(error, record[ErrorOffset..]));
    }

    public static EndMark? Read(ReadOnlySpan<byte> record)
    {
        var length = BinaryPrimitives.ReadUInt16LittleEndian(record[ErrorLengthOffset..]);
        return length > record.Length - ErrorOffset ? null : new(
            Kind(record),
            BoxTime.Time(Int64(record, TimeOffset)),
            BoxTime.Length(Int64(record, ClockOffset)),
            Int64(record, NumberOffset),
            RecordText.Read(record.Slice(ErrorOffset, length), SafeText.MaxErrorLength));
    }
}
