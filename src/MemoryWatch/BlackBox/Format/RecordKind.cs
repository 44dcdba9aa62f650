namespace MemoryWatch.BlackBox.Format;

/// <summary>The kind of a record. Numbers never change their meaning; a reader skips numbers that it does not know.</summary>
internal enum RecordKind : byte
{
    /// <summary>This place has never been written.</summary>
    None = 0,

    Sample = 1,
    Alert = 2,
    Relief = 3,

    Mark = 4,
    Snapshot = 5,
    Started = 6,
    Ended = 7,

    /// <summary>Records were lost before this one. After it, the operations in flight are written again.</summary>
    Gap = 8,

    /// <summary>Allocations so far of operations in flight.</summary>
    Allocations = 9,

    /// <summary>Allocations of the operations of the names that took most.</summary>
    Names = 10,

    /// <summary>Operations in flight that had the processor, and quiet ones.</summary>
    Running = 11,

    /// <summary>The largest other processes in the container.</summary>
    Processes = 12,

    /// <summary>A finding of the last diagnosis.</summary>
    Finding = 13,

    /// <summary>Points of the history.</summary>
    History = 14,

    /// <summary>Restarts on purpose, of this and earlier runs.</summary>
    Restart = 15,

    MetricDefinition = 16,

    Stopped = 24,
    Exited = 25,
    Crashed = 26,
    OutOfMemory = 27,
}
