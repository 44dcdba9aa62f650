namespace MemoryWatch;

/// <summary>
/// Looks at each snapshot and raises an alert or nothing.
/// <para>
/// Called on a thread of the watch, one call at a time. It may throw or hang; then the fault is reported once and the
/// detector rests for a while before it is asked again. An alert is for a change: a detector that stays worried
/// says so once.
/// </para>
/// </summary>
public interface IMemoryDetector
{
    /// <summary>Judges a snapshot.</summary>
    /// <param name="snapshot">What was read at this tick, with the zone that memory is in.</param>
    /// <returns>An alert, as a rule a <see cref="CustomAlert"/>, or <see langword="null"/> where there is nothing new to say.</returns>
    MemoryAlert? Inspect(MemorySnapshot snapshot);
}
