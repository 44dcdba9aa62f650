namespace MemoryWatch.BlackBox.Format;

/// <summary>What a record is. Numbers never change their meaning; a reader skips those that it does not know.</summary>
internal enum RecordKind : byte
{
    /// <summary>Nothing was written here yet.</summary>
    None = 0,

    Sample = 1,
    Alert = 2,
    Relief = 3,

    Mark = 4,
    Snapshot = 5,
    Started = 6,
    Ended = 7,

    /// <summary>Records were lost before this one; what is in flight is told again behind it.</summary>
    Gap = 8,

    /// <summary>What operations in flight have allocated so far.</summary>
    Allocations = 9,

    MetricDefinition = 16,

    Stopped = 24,
    Exited = 25,
    Crashed = 26,
    OutOfMemory = 27,
}
