using System.Buffers.Binary;

namespace MemoryWatch.BlackBox.Format;

/// <summary>The fields that every record has, and the methods that write numbers to records and read them.</summary>
internal static class RecordFields
{
    public const int ChecksumOffset = 0;
    public const int RunOffset = 4;
    public const int SequenceOffset = 8;
    public const int TimeOffset = 16;
    public const int ClockOffset = 24;
    public const int KindOffset = 32;

    /// <summary>Number of operations in flight after this record; a start or an end in the record is included.</summary>
    public const int InFlightOffset = 36;

    /// <summary>Fields from this offset on depend on the kind.</summary>
    public const int BodyOffset = 40;

    public static RecordKind Kind(ReadOnlySpan<byte> record) => (RecordKind)record[KindOffset];

    public static long Sequence(ReadOnlySpan<byte> record) => Int64(record, SequenceOffset);

    public static int Int32(ReadOnlySpan<byte> record, int offset) => BinaryPrimitives.ReadInt32LittleEndian(record[offset..]);

    public static uint UInt32(ReadOnlySpan<byte> record, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(record[offset..]);

    public static long Int64(ReadOnlySpan<byte> record, int offset) => BinaryPrimitives.ReadInt64LittleEndian(record[offset..]);

    public static void Put(Span<byte> record, int offset, int value) => BinaryPrimitives.WriteInt32LittleEndian(record[offset..], value);

    public static void Put(Span<byte> record, int offset, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(record[offset..], value);

    public static void Put(Span<byte> record, int offset, long value) => BinaryPrimitives.WriteInt64LittleEndian(record[offset..], value);

    /// <summary>Writes a number that may be <see langword="null"/>, and sets its present bit if it is not.</summary>
    public static void Put(Span<byte> record, int offset, long? value, int presentOffset, int bit)
    {
        if (value is { } known)
        {
            Put(record, offset, known);
            record[presentOffset + bit / 8] |= (byte)(1 << bit % 8);
        }
    }

    public static long? Optional(ReadOnlySpan<byte> record, int offset, int presentOffset, int bit) =>
        (record[presentOffset + bit / 8] & 1 << bit % 8) != 0 ? Int64(record, offset) : null;

    /// <summary>Writes the fields known when the record is created. <see cref="Seal"/> adds the rest when the record is written.</summary>
    public static void Begin(Span<byte> record, RecordKind kind, DateTimeOffset time, TimeSpan sinceStart)
    {
        record[KindOffset] = (byte)kind;
        Put(record, TimeOffset, BoxTime.Of(time));
        Put(record, ClockOffset, BoxTime.Of(sinceStart));
    }

    /// <summary>Adds the run tag, the sequence number and the checksum: the last change before the record is written.</summary>
    public static void Seal(Span<byte> record, uint run, long sequence)
    {
        Put(record, RunOffset, run);
        Put(record, SequenceOffset, sequence);
        Put(record, ChecksumOffset, Checksum.Of(record[RunOffset..]));
    }

    /// <summary>Whether the record is complete and belongs to this run.</summary>
    public static bool IsSound(ReadOnlySpan<byte> record, uint run) =>
        UInt32(record, ChecksumOffset) == Checksum.Of(record[RunOffset..]) && UInt32(record, RunOffset) == run;
}
