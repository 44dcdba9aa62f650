using System.Buffers.Binary;
using System.Globalization;
using static MemoryWatch.BlackBox.Format.RecordFields;

namespace MemoryWatch.BlackBox.Format;

/// <summary>A metric's definition in a record. Samples hold the values in the same order.</summary>
internal static class DefinitionRecord
{
    public const int IndexOffset = 33;
    public const int PresentOffset = 34;
    public const int NameLengthOffset = BodyOffset;
    public const int KeyLengthOffset = 42;
    public const int UnitLengthOffset = 44;
    public const int MaximumOffset = 48;
    public const int TextOffset = 56;
    public const int MostBytes = 128;

    private const int MaximumBit = 0;

    public static void Write(Span<byte> record, int index, MetricDefinition definition)
    {
        record[IndexOffset] = (byte)index;
        Put(record, MaximumOffset, definition.Maximum, PresentOffset, MaximumBit);
        var text = record[TextOffset..];
        var name = RecordText.Write(definition.Name, text[..MostBytes]);
        var key = RecordText.Write(definition.Key, text.Slice(name, MostBytes));
        var unit = RecordText.Write(definition.Unit, text.Slice(name + key, MostBytes));
        BinaryPrimitives.WriteUInt16LittleEndian(record[NameLengthOffset..], (ushort)name);
        BinaryPrimitives.WriteUInt16LittleEndian(record[KeyLengthOffset..], (ushort)key);
        BinaryPrimitives.WriteUInt16LittleEndian(record[UnitLengthOffset..], (ushort)unit);
    }

    /// <returns>The definition; <see langword="null"/> if the lengths of its texts are invalid or its name is blank.</returns>
    public static MetricDefinition? Read(ReadOnlySpan<byte> record)
    {
        var name = BinaryPrimitives.ReadUInt16LittleEndian(record[NameLengthOffset..]);
        var key = BinaryPrimitives.ReadUInt16LittleEndian(record[KeyLengthOffset..]);
        var unit = BinaryPrimitives.ReadUInt16LittleEndian(record[UnitLengthOffset..]);
        var text = record[TextOffset..];
        if (name + key + unit > text.Length || RecordText.Read(text[..name], SafeText.MaxNameLength) is not { } shown
            || string.IsNullOrWhiteSpace(shown))
        {
            return null;
        }

        return new(shown, new()
        {
            Key = RecordText.Read(text.Slice(name, key), SafeText.MaxNameLength),
            Unit = RecordText.Read(text.Slice(name + key, unit), SafeText.MaxNameLength),
            Maximum = Optional(record, MaximumOffset, PresentOffset, MaximumBit) is { } maximum and >= 0 ? maximum : null,
        });
    }

    /// <summary>Replaces a damaged definition.</summary>
    public static MetricDefinition Unknown(int index) =>
        new(string.Create(CultureInfo.InvariantCulture, $"Metric {index + 1}"));
}
