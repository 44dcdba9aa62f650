namespace MemoryWatch;

/// <summary>
/// The memory watch as an application uses it. All members are thread-safe, never throw for what the machine or a
/// plug-in does, and may be called before the watch has started and after it has stopped.
/// </summary>
public interface IMemoryWatch
{
    /// <summary>Whether operations are tracked: not while it is switched off, nor after it has stopped. For what would be work for nothing then.</summary>
    bool IsEnabled => true;

    /// <summary>
    /// The latest of the watch's own readings, with the zone that memory is in; at most one interval old while the watch runs, and
    /// <see cref="MemorySnapshot.Empty"/> before that and while it is switched off.
    /// </summary>
    MemorySnapshot Current { get; }

    /// <summary>The last entries of the journal, at most 256, the oldest first.</summary>
    IReadOnlyList<JournalEntry> RecentEntries { get; }

    /// <summary>The operations that have started and not ended, the oldest first.</summary>
    IReadOnlyList<OperationInFlight> InFlight { get; }

    /// <summary>
    /// Totals of the ended operations for each name since the watch was created, those that allocated most first. At most 64 names;
    /// all others are added up as <c>other</c>.
    /// </summary>
    IReadOnlyList<OperationTotals> TotalsByName { get; }

    /// <summary>
    /// The run of the program before this one: how it ended, its last numbers, and what was in flight. Absent where there is no black box, where
    /// it tells of none, and before the watch has started. A watch of a test's own need not have it.
    /// </summary>
    PreviousRun? PreviousRun => null;

    /// <summary>
    /// Reads everything now, prints it and enters it in the journal. A plug-in that hangs can delay it by a second,
    /// once; then that plug-in rests.
    /// </summary>
    /// <param name="name">What the snapshot is for, such as <c>Upload Finished</c>.</param>
    /// <param name="context">What it is about; text converts to it.</param>
    /// <returns>What was read, and the zone it falls in; <see cref="MemorySnapshot.Empty"/> from a watch that is switched off or has stopped.</returns>
    MemorySnapshot Snapshot(string name, OperationContext context = default);

    /// <summary>Notes that something happened: one line in the log and one entry in the journal.</summary>
    /// <param name="name">What happened, such as <c>Session Created</c>.</param>
    /// <param name="context">What it is about; text converts to it.</param>
    void Mark(string name, OperationContext context = default);

    /// <summary>
    /// Starts an operation, which ends when the scope is disposed: a line and an entry at each end. Scopes may nest,
    /// overlap and be disposed on another thread.
    /// </summary>
    /// <param name="name">The operation, such as <c>Download</c>; from a small set, as it becomes a metric tag.</param>
    /// <param name="context">What it is about; text converts to it.</param>
    /// <returns>The scope; dispose it when the operation ends.</returns>
    OperationScope Track(string name, OperationContext context = default);

    /// <summary>As <see cref="Track(string, OperationContext)"/>, and says how much is told of the operation.</summary>
    /// <param name="name">The operation, such as <c>Message</c>; from a small set, as it becomes a metric tag.</param>
    /// <param name="context">What it is about; text converts to it.</param>
    /// <param name="verbosity">Quiet for operations of which there are many a second.</param>
    /// <returns>The scope; dispose it when the operation ends.</returns>
    OperationScope Track(string name, OperationContext context, OperationVerbosity verbosity) => Track(name, context);
}
