namespace MemoryWatch.BlackBox.Format;

/// <summary>
/// Where everything is in a black box file, in bytes. Numbers are little-endian. docs/black-box-format.md describes the same, and a
/// test compares the two.
/// </summary>
internal static class BoxFormat
{
    public const ushort Version = 1;

    /// <summary>A part of every page size, so that no record lies across two pages, which reach the disk at different times.</summary>
    public const int RecordSize = 512;

    public const int HeaderSize = 4096;

    /// <summary>How the run ended: a record for each way, so that none is written over by another.</summary>
    public const int EndMarksOffset = HeaderSize;
    public const int EndMarkCount = 8;

    public const int DefinitionsOffset = EndMarksOffset + EndMarkCount * RecordSize;
    public const int DefinitionCount = 32;

    /// <summary>Samples, alerts and reliefs: a ring of their own, as a busy program's operations would push them out in no time.</summary>
    public const int WatchRingOffset = DefinitionsOffset + DefinitionCount * RecordSize;

    public const long SmallestSize = 64 << 10;
    public const long LargestSize = 16 << 20;

    /// <summary>How the records of a file are shared between the two rings.</summary>
    public static (int Watch, int Operations) Rings(long fileSize)
    {
        var records = (int)((fileSize - WatchRingOffset) / RecordSize);
        return (records / 4, records - records / 4);
    }
}
