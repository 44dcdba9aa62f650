namespace MemoryWatch.Judge;

/// <summary>What is judged by: the thresholds in force. Replaced whole when settings change, never changed itself.</summary>
internal sealed record JudgeSettings(
    MemoryThreshold Elevated,
    MemoryThreshold High,
    MemoryThreshold Critical,
    MemoryThreshold Imminent,
    MemoryThreshold Spike,
    TimeSpan SpikeWindow,
    TimeSpan LongOperation);
