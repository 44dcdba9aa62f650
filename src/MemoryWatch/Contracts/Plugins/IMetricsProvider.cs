namespace MemoryWatch;

/// <summary>
/// Supplies application metrics that snapshots show, such as sessions, waiting downloads or cached items. One provider may supply several
/// metrics.
/// </summary>
/// <remarks>
/// Implementations must be thread-safe: MemoryWatch reads them on one of its threads, never on the application's threads. A provider may
/// throw or hang. Then its metrics show as <c>n/a</c>, MemoryWatch reports the fault once, and does not call the provider for 10 seconds, or
/// longer after repeated faults, up to 10 minutes. A provider should answer within milliseconds: MemoryWatch abandons a call after one second.
/// </remarks>
/// <example>
/// <code>
/// public sealed class ThreadPoolMetrics : IMetricsProvider
/// {
///     public IReadOnlyList&lt;MetricDefinition> Definitions { get; } = [new("Pool threads"), new("Pending work", new() { Unit = "items" })];
///
///     public void Read(Span&lt;long?> values) => (values[0], values[1]) = (ThreadPool.ThreadCount, ThreadPool.PendingWorkItemCount);
/// }
/// </code>
/// </example>
public interface IMetricsProvider
{
    /// <summary>The name, unit and maximum of each metric. Read once, when the watch starts.</summary>
    IReadOnlyList<MetricDefinition> Definitions { get; }

    /// <summary>Reads the current values.</summary>
    /// <param name="values">
    /// Receives one value for each of the <see cref="Definitions"/>, in the same order. All values are <see langword="null"/> before the call;
    /// a value that remains <see langword="null"/> shows as <c>n/a</c>.
    /// </param>
    void Read(Span<long?> values);
}
