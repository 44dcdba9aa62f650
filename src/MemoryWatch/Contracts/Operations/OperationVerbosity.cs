namespace MemoryWatch;

/// <summary>How much is told of an operation. Whatever it is, the operation is in flight, in the totals and in the metrics.</summary>
public enum OperationVerbosity
{
    /// <summary>A log line and a journal entry at each end, and an activity while somebody listens.</summary>
    Normal,

    /// <summary>
    /// For operations of which there are many a second, such as requests: log lines at the level Debug, no journal entries, no
    /// activity. The end of one that allocated 10 MB or more, the operations inside of it and what was charged included, is told
    /// as that of a normal one, and the black box has it in flight. Its memory at both ends is a reading that may be a millisecond old.
    /// </summary>
    Quiet,
}
