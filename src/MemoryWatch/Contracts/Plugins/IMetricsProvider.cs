namespace MemoryWatch;

/// <summary>
/// Numbers of the application that snapshots show: sessions, waiting downloads, cached items. One provider may give several.
/// <para>
/// Implementations must be thread-safe: they are read on a thread of the watch, never on the application's. They may
/// throw or hang; then their numbers show as <c>n/a</c>, the fault is reported once, and the provider rests for a
/// while before it is asked again. They should answer within milliseconds: after one second a call is abandoned.
/// </para>
/// </summary>
public interface IMetricsProvider
{
    /// <summary>Name, unit and maximum of each metric. Read once, when the watch starts.</summary>
    IReadOnlyList<MetricDefinition> Definitions { get; }

    /// <summary>Reads the current numbers.</summary>
    /// <param name="values">
    /// Receives a number for each of the <see cref="Definitions"/>, in their order. All are <see langword="null"/> before the call; one that
    /// stays so shows as <c>n/a</c>.
    /// </param>
    void Read(Span<long?> values);
}
