namespace MemoryWatch.Judge;

/// <summary>The thresholds in force. The record is replaced as a whole when settings change and is never modified.</summary>
internal sealed record JudgeSettings(
    MemoryThreshold Elevated,
    MemoryThreshold High,
    MemoryThreshold Critical,
    MemoryThreshold Imminent,
    MemoryThreshold Spike,
    TimeSpan SpikeWindow,
    TimeSpan LongOperationAge)
{
    /// <summary>Whether a GC may be forced to learn how much of the heap is garbage.</summary>
    public bool MayCollect { get; init; }

    /// <summary>Relief ends below this threshold; <see langword="null"/> for the elevated edge.</summary>
    public MemoryThreshold? ReliefTarget { get; init; }
}
