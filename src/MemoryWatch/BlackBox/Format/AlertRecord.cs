using System.Buffers.Binary;
using static MemoryWatch.BlackBox.Format.RecordFields;

namespace MemoryWatch.BlackBox.Format;

/// <summary>An alert in a record, without its named values.</summary>
internal static class AlertRecord
{
    public const int SeverityOffset = 33;
    public const int ZoneOffset = 34;
    public const int KindLengthOffset = BodyOffset;
    public const int MessageLengthOffset = 42;
    public const int TextOffset = 48;
    public const int MostKindBytes = 128;

    public static void Write(Span<byte> record, MemoryAlert alert, string message, MemoryZone zone)
    {
        record[SeverityOffset] = (byte)alert.Severity;
        record[ZoneOffset] = (byte)zone;
        var text = record[TextOffset..];
        var kind = RecordText.Write(alert.Kind, text[..MostKindBytes]);
        var messageLength = RecordText.Write(message, text[kind..]);
        BinaryPrimitives.WriteUInt16LittleEndian(record[KindLengthOffset..], (ushort)kind);
        BinaryPrimitives.WriteUInt16LittleEndian(record[MessageLengthOffset..], (ushort)messageLength);
    }

    /// <returns>The alert; <see langword="null"/> if the lengths of its texts are invalid.</returns>
    public static PreviousAlert? Read(ReadOnlySpan<byte> record)
    {
        var kind = BinaryPrimitives.ReadUInt16LittleEndian(record[KindLengthOffset..]);
        var message = BinaryPrimitives.ReadUInt16LittleEndian(record[MessageLengthOffset..]);
        var text = record[TextOffset..];
        return kind + message > text.Length ? null : new(
            BoxTime.Time(Int64(record, TimeOffset)),
            RecordText.Read(text[..kind], SafeText.MaxNameLength),
            (AlertSeverity)Math.Min(record[SeverityOffset], (byte)AlertSeverity.Critical),
            RecordText.Read(text.Slice(kind, message), SafeText.MaxContextLength));
    }
}
