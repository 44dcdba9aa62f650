using MemoryWatch.Track;

namespace MemoryWatch.Tell;

/// <summary>
/// Receives what the watch sees and does immediately, on the thread where it happens: the log, the meter and the black box. It must be quick and
/// must not throw.
/// </summary>
internal interface IListener : IEntryListener
{
    /// <summary>Receives the result of a tick, on the watch thread.</summary>
    void OnReport(TickReport report);

    /// <summary>Receives a snapshot that the application requested, on its thread.</summary>
    void OnSnapshot(MemorySnapshot snapshot);

    /// <summary>Receives the outcome of a relief step, on the watch thread.</summary>
    void OnRelief(ReliefOutcome outcome);
}
