namespace MemoryWatch.BlackBox.Format;

/// <summary>Holds the number of records lost since the run's start, up to this record.</summary>
internal static class GapRecord
{
    public const int LostOffset = RecordFields.BodyOffset;

    public static void Write(Span<byte> record, long lost) => RecordFields.Put(record, LostOffset, lost);

    public static long Lost(ReadOnlySpan<byte> record) => RecordFields.Int64(record, LostOffset);
}
