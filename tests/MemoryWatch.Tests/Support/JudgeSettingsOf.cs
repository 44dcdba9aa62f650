using MemoryWatch.Judge;

namespace MemoryWatch.Tests.Support;

internal static class JudgeSettingsOf
{
    public static JudgeSettings Defaults { get; } = new(
        MemoryWatchDefaults.ElevatedThreshold,
        MemoryWatchDefaults.HighThreshold,
        MemoryWatchDefaults.CriticalThreshold,
        MemoryWatchDefaults.ImminentThreshold,
        MemoryWatchDefaults.SpikeThreshold,
        MemoryWatchDefaults.SpikeWindow,
        MemoryWatchDefaults.LongOperationAge);
}
