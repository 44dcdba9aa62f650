namespace MemoryWatch.BlackBox.Format;

/// <summary>
/// Offsets and sizes in a black box file, in bytes. Numbers are little-endian. docs/black-box-format.md describes the same format, and a test
/// compares the two.
/// </summary>
internal static class BoxFormat
{
    public const ushort Version = 1;

    /// <summary>Divides every page size, so that no record spans two pages, which reach the disk at different times.</summary>
    public const int RecordSize = 512;

    public const int HeaderSize = 4096;

    /// <summary>End marks: one place for each kind of end, so that no mark overwrites another.</summary>
    public const int EndMarksOffset = HeaderSize;
    public const int EndMarkCount = 8;

    public const int DefinitionsOffset = EndMarksOffset + EndMarkCount * RecordSize;
    public const int DefinitionCount = 32;

    /// <summary>
    /// Ring of samples, allocations, alerts and reliefs. It is separate because a busy program's operations would push them out within moments.
    /// </summary>
    public const int WatchRingOffset = DefinitionsOffset + DefinitionCount * RecordSize;

    public const long SmallestSize = 64 << 10;
    public const long LargestSize = 16 << 20;

    /// <summary>Seven days of points, four in a record.</summary>
    public const int MostHistoryRecords = 252;

    /// <summary>Divides the records of a file between the two rings; the history gets its part first.</summary>
    public static (int Watch, int Operations) Rings(long fileSize)
    {
        var records = Records(fileSize) - History(fileSize);
        return (records / 4, records - records / 4);
    }

    /// <summary>
    /// Number of records for the history: a seventh of those that the smallest file does not have, unless that is more than seven days.
    /// </summary>
    public static int History(long fileSize) => Math.Clamp((Records(fileSize) - Records(SmallestSize)) / 7, 0, MostHistoryRecords);

    private static int Records(long fileSize) => (int)((fileSize - WatchRingOffset) / RecordSize);
}
