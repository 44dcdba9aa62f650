using MemoryWatch.Track;

namespace MemoryWatch.Tell;

/// <summary>
/// Is told what the watch sees and does, at once, on the thread where it happens: the log, the meter and the black box. Must be quick and must not
/// throw.
/// </summary>
internal interface IListener : IEntryListener
{
    /// <summary>A tick has come to this. On the watch thread.</summary>
    void OnReport(TickReport report);

    /// <summary>The application has asked for a snapshot. On its thread.</summary>
    void OnSnapshot(MemorySnapshot snapshot);

    /// <summary>A relief step has ended. On the watch thread.</summary>
    void OnRelief(ReliefOutcome outcome);
}
