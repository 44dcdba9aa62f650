namespace MemoryWatch;

/// <summary>
/// Receives the snapshots, journal entries, alerts and relief outcomes of the watch. Implement the methods you need: each does nothing by
/// default.
/// </summary>
/// <remarks>
/// MemoryWatch calls an observer on one of its threads, one call at a time, at the next tick. An observer may throw or hang: all calls of one
/// tick may take one second together. MemoryWatch reports the fault once and then does not call the observer for 10 seconds, or longer after
/// repeated faults, up to 10 minutes. Of the snapshots, alerts and relief outcomes, at most 64 in total wait for an observer, and at most 256
/// journal entries. If there are more, the observer misses the oldest ones.
/// </remarks>
/// <example>
/// <code>
/// public sealed class FailedOperations : IMemoryObserver
/// {
///     private long _count;
///
///     public long Count => Interlocked.Read(ref _count);
///
///     public void OnEntry(in JournalEntry entry)
///     {
///         if (entry.Outcome == OperationOutcome.Failed)
///         {
///             Interlocked.Increment(ref _count);
///         }
///     }
/// }
/// </code>
/// </example>
public interface IMemoryObserver
{
    /// <summary>Called for every snapshot: the regular readings (once a second by default), the periodic check, and the explicit snapshots.</summary>
    /// <param name="snapshot">The snapshot, with its zone.</param>
    void OnSnapshot(MemorySnapshot snapshot)
    {
    }

    /// <summary>
    /// Called for every journal entry: marks, explicit snapshots, and the starts and ends of operations. <see cref="OperationVerbosity.Quiet"/>
    /// operations have no entries, except for the end of one that allocated 10 MB or more. If more than 256 entries are added between two
    /// calls, the oldest are left out; <see cref="JournalEntry.Sequence"/> shows the gap.
    /// </summary>
    /// <param name="entry">The entry.</param>
    void OnEntry(in JournalEntry entry)
    {
    }

    /// <summary>Called for every alert.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="snapshot">The snapshot of the tick that raised the alert.</param>
    void OnAlert(MemoryAlert alert, MemorySnapshot snapshot)
    {
    }

    /// <summary>Called for every finished relief step.</summary>
    /// <param name="outcome">The measured result of the step.</param>
    void OnRelief(ReliefOutcome outcome)
    {
    }
}
