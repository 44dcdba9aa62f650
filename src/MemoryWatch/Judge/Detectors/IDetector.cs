namespace MemoryWatch.Judge;

/// <summary>A built-in detector: cheap, trusted, and called on the watch thread only.</summary>
internal interface IDetector
{
    /// <param name="snapshot">Snapshot of this tick, with its zone.</param>
    /// <param name="settings">The thresholds in force.</param>
    /// <returns>A new alert; <see langword="null"/> if there is none.</returns>
    MemoryAlert? Inspect(MemorySnapshot snapshot, JudgeSettings settings);
}
