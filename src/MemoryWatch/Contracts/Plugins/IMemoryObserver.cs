namespace MemoryWatch;

/// <summary>
/// Is told what the watch sees and does. Implement what you need: each method does nothing by default.
/// <para>
/// Called on a thread of the watch, one call at a time, at the next tick. It may throw or hang; then the fault is
/// reported once and the observer rests for a while, missing what happens meanwhile.
/// </para>
/// </summary>
public interface IMemoryObserver
{
    /// <summary>Every snapshot: the regular readings (once a second by default) and those asked for.</summary>
    /// <param name="snapshot">What was read, with the zone that memory is in.</param>
    void OnSnapshot(MemorySnapshot snapshot)
    {
    }

    /// <summary>
    /// Every journal entry: marks, explicit snapshots, starts and ends of operations, other than
    /// <see cref="OperationVerbosity.Quiet"/> ones. At over 256 between two calls the
    /// oldest are left out; the gap shows in <see cref="JournalEntry.Sequence"/>.
    /// </summary>
    /// <param name="entry">What happened.</param>
    void OnEntry(in JournalEntry entry)
    {
    }

    /// <summary>Every alert.</summary>
    /// <param name="alert">What was found.</param>
    /// <param name="snapshot">The snapshot that raised it.</param>
    void OnAlert(MemoryAlert alert, MemorySnapshot snapshot)
    {
    }

    /// <summary>Every finished relief step.</summary>
    /// <param name="outcome">What it did.</param>
    void OnRelief(ReliefOutcome outcome)
    {
    }
}
