namespace MemoryWatch;

/// <summary>How much MemoryWatch logs about an operation. With either value, the operation is in flight, in the totals and in the metrics.</summary>
/// <example>
/// <code>
/// // Thousands a second: counted and measured, but without lines in the log.
/// using var scope = watch.Track("Message", $"Chat {userId}", OperationVerbosity.Quiet);
/// </code>
/// </example>
public enum OperationVerbosity
{
    /// <summary>The start and the end each write one log line and one journal entry. The operation has an activity if there is a listener.</summary>
    Normal,

    /// <summary>
    /// For operations that run many times per second, such as requests: log lines at the level Debug, no journal entries, no activity. If the
    /// operation has allocated 10 MB or more, including nested operations and charged bytes, its end is logged and journaled like that of a
    /// normal one, and the black box records it while it is in flight. Its memory at the start and the end is a reading that may be one
    /// millisecond old.
    /// </summary>
    Quiet,
}
