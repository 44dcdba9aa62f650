namespace MemoryWatch.Judge;

/// <summary>A detector of the watch's own: cheap, trusted, and called on the watch thread only.</summary>
internal interface IDetector
{
    /// <param name="snapshot">What was read at this tick, with its zone.</param>
    /// <param name="settings">The thresholds in force.</param>
    /// <returns>What is new; nothing where nothing is.</returns>
    MemoryAlert? Inspect(MemorySnapshot snapshot, JudgeSettings settings);
}
