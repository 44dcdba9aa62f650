using MemoryWatch.Judge;

namespace MemoryWatch.Tests.Support;

internal static class DetectionSettingsOf
{
    public static DetectionSettings Defaults { get; } = new(
        MemoryWatchDefaults.ElevatedThreshold,
        MemoryWatchDefaults.HighThreshold,
        MemoryWatchDefaults.CriticalThreshold,
        MemoryWatchDefaults.ImminentThreshold,
        MemoryWatchDefaults.SpikeThreshold,
        MemoryWatchDefaults.SpikeWindow);
}
