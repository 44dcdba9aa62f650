namespace MemoryWatch;

/// <summary>
/// A number of the application's that is shown beside the machine's: sessions, waiting downloads, cached items.
/// <para>
/// Implementations must be thread-safe: they are read on a thread of the watch, never on the application's. They may
/// throw or hang; then the number shows as <c>n/a</c>, the fault is reported once, and the provider rests for a
/// while before it is asked again. They should answer within milliseconds: past one second a call is abandoned.
/// </para>
/// </summary>
public interface IMetricsProvider
{
    /// <summary>What the number is called, counts and should not exceed. Read once, when the watch starts.</summary>
    MetricDefinition Definition { get; }

    /// <summary>The number now, or <see langword="null"/> where it cannot be told.</summary>
    long? Read();
}
