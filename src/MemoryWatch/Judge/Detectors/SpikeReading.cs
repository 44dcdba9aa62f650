namespace MemoryWatch.Judge;

/// <summary>What the spike detector sees of one snapshot.</summary>
/// <param name="Now">Time of the reading.</param>
/// <param name="Bytes">Memory that counts, in bytes.</param>
/// <param name="PeakBytes">Its peak since the previous reading.</param>
/// <param name="FloorBytes">The lowest value within the window before this reading.</param>
/// <param name="ThresholdBytes">The spike threshold.</param>
/// <param name="Window">The spike window.</param>
/// <param name="Zone">The zone.</param>
/// <param name="Collections">Number of GCs so far.</param>
internal readonly record struct SpikeReading(
    TimeSpan Now, long Bytes, long PeakBytes, long FloorBytes, long ThresholdBytes, TimeSpan Window, MemoryZone Zone, int Collections)
{
    /// <summary>By how much a top must be exceeded to be a new one.</summary>
    public long LeastStep => ThresholdBytes / 10;
}
