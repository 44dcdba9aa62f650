using System.Buffers.Binary;
using static MemoryWatch.BlackBox.Format.RecordFields;

namespace MemoryWatch.BlackBox.Format;

/// <summary>
/// A finding of a diagnosis, as one line of text. All findings of one diagnosis have the same clock. A diagnosis without findings has one record
/// without texts, so that the findings of an earlier one do not count any more.
/// </summary>
internal static class FindingRecord
{
    public const int SeverityOffset = 33;
    public const int IndexOffset = 34;
    public const int RuleLengthOffset = BodyOffset;
    public const int MessageLengthOffset = 42;
    public const int TextOffset = 48;
    public const int MostRuleBytes = 64;

    /// <summary>Maximum number of findings of one diagnosis, the most important ones.</summary>
    public const int Most = 3;

    private const int MostMessageLength = BoxFormat.RecordSize - TextOffset;

    public static void Write(Span<byte> record, MemoryFinding finding, string message, int index)
    {
        record[SeverityOffset] = (byte)finding.Severity;
        record[IndexOffset] = (byte)index;
        var text = record[TextOffset..];
        var rule = RecordText.Write(finding.Rule.ToString(), text[..MostRuleBytes]);
        BinaryPrimitives.WriteUInt16LittleEndian(record[RuleLengthOffset..], (ushort)rule);
        BinaryPrimitives.WriteUInt16LittleEndian(record[MessageLengthOffset..], (ushort)RecordText.Write(message, text[rule..]));
    }

    /// <returns>
    /// The finding and its place among those of its diagnosis; <see langword="null"/> if there is none, or the lengths of its texts are invalid.
    /// </returns>
    public static (PreviousFinding Finding, int Index)? Read(ReadOnlySpan<byte> record)
    {
        var rule = BinaryPrimitives.ReadUInt16LittleEndian(record[RuleLengthOffset..]);
        var message = BinaryPrimitives.ReadUInt16LittleEndian(record[MessageLengthOffset..]);
        var text = record[TextOffset..];
        return message == 0 || rule + message > text.Length ? null : (new(
            BoxTime.Time(Int64(record, TimeOffset)),
            Enum.TryParse<FindingRule>(RecordText.Read(text[..rule], SafeText.MaxNameLength), out var known) && Enum.IsDefined(known) ? known : null,
            (AlertSeverity)Math.Min(record[SeverityOffset], (byte)AlertSeverity.Critical),
            RecordText.Read(text.Slice(rule, message), MostMessageLength)), record[IndexOffset]);
    }
}
