namespace MemoryWatch;

/// <summary>Inspects each regular snapshot and raises an alert if it finds a problem.</summary>
/// <remarks>
/// MemoryWatch calls a detector on one of its threads, one call at a time. A detector may throw or hang: a call may take one second.
/// MemoryWatch reports the fault once and then does not call the detector for 10 seconds, or longer after repeated faults, up to 10 minutes.
/// Raise an alert for a change: if a problem persists, raise one alert, not one per snapshot.
/// </remarks>
/// <example>
/// <code>
/// public sealed class ManyThreadsDetector : IMemoryDetector
/// {
///     private bool _wereMany;
///
///     public MemoryAlert? Inspect(MemorySnapshot snapshot)
///     {
///         var (wereMany, areMany) = (_wereMany, ThreadPool.ThreadCount > 200);
///         _wereMany = areMany;
///         return areMany &amp;&amp; !wereMany ? new CustomAlert("many_threads", AlertSeverity.Warning, "MANY THREADS in the pool") : null;
///     }
/// }
/// </code>
/// </example>
public interface IMemoryDetector
{
    /// <summary>Inspects a snapshot.</summary>
    /// <param name="snapshot">The snapshot of this tick, with its zone.</param>
    /// <returns>An alert, usually a <see cref="CustomAlert"/>, or <see langword="null"/> if there is nothing new to report.</returns>
    MemoryAlert? Inspect(MemorySnapshot snapshot);
}
