namespace MemoryWatch.Track;

/// <summary>
/// What is known of operations: <see cref="OperationTracker"/> fills it, on any thread; judges, reports and the black box read it. Thread-safe.
/// </summary>
/// <param name="wake">Wakes the watch thread.</param>
internal sealed class OperationStore(Action wake)
{
    /// <summary>The last entries.</summary>
    public Journal Journal { get; } = new();

    /// <summary>Those that have not ended.</summary>
    public InFlightRegistry InFlight { get; } = new();

    /// <summary>The sums of those that have, by name.</summary>
    public OperationTable Totals { get; } = new();

    /// <summary>What the watch thread is to look at.</summary>
    public OperationHandover Handover { get; } = new(wake);
}
