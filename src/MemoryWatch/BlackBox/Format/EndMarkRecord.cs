using System.Buffers.Binary;
using static MemoryWatch.BlackBox.Format.RecordFields;

namespace MemoryWatch.BlackBox.Format;

/// <summary>A mark of how a run ended, or of an event shortly before its end.</summary>
/// <param name="Kind">Stopped, exited, crashed or out of memory.</param>
/// <param name="Time">Time of the mark (UTC).</param>
/// <param name="Clock">Time of the mark since the run's start.</param>
/// <param name="Number">The exit code, or the number of out-of-memory exceptions so far.</param>
/// <param name="Error">The exception's type and message; empty if there is no exception.</param>
internal sealed record EndMark(RecordKind Kind, DateTimeOffset Time, TimeSpan Clock, long Number, string Error);

/// <summary>An <see cref="EndMark"/> in a record. Each kind has a separate place.</summary>
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
