namespace MemoryWatch.Track;

/// <summary>
/// Holds the data about operations. <see cref="OperationTracker"/> fills it on any thread; judges, reports and the black box read it. Thread-safe.
/// </summary>
/// <param name="wake">Wakes the watch thread.</param>
internal sealed class OperationStore(Action wake)
{
    /// <summary>The last entries.</summary>
    public Journal Journal { get; } = new();

    /// <summary>The operations that have not ended.</summary>
    public InFlightRegistry InFlight { get; } = new();

    /// <summary>The sums of the ended operations, by name.</summary>
    public OperationTable Totals { get; } = new();

    /// <summary>The operations that the watch thread must examine.</summary>
    public OperationHandover Handover { get; } = new(wake);
}
