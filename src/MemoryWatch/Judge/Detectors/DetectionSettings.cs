namespace MemoryWatch.Judge;

/// <summary>The thresholds in force. Replaced whole when settings change, never changed itself.</summary>
internal sealed record DetectionSettings(
    MemoryThreshold Elevated,
    MemoryThreshold High,
    MemoryThreshold Critical,
    MemoryThreshold Imminent,
    MemoryThreshold Spike,
    TimeSpan SpikeWindow);
