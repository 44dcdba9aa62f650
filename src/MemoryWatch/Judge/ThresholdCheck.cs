namespace MemoryWatch.Judge;

/// <summary>Finds thresholds in bytes that usage can never reach because the limit is lower.</summary>
internal static class ThresholdCheck
{
    /// <param name="settings">The thresholds as they were set.</param>
    /// <param name="snapshot">The limit in force.</param>
    /// <returns>The settings with the thresholds that are used, and those that cannot be reached.</returns>
    public static (JudgeSettings Used, IReadOnlyList<ThresholdAboveLimit> Above) Of(JudgeSettings settings, MemorySnapshot snapshot)
    {
        var usage = snapshot.Usage;
        var above = new List<ThresholdAboveLimit>();
        var used = settings with
        {
            Elevated = Zone("ElevatedThreshold", settings.Elevated, MemoryWatchDefaults.ElevatedThreshold),
            High = Zone("HighThreshold", settings.High, MemoryWatchDefaults.HighThreshold),
            Critical = Zone("CriticalThreshold", settings.Critical, MemoryWatchDefaults.CriticalThreshold),
            Imminent = Zone("ImminentThreshold", settings.Imminent, MemoryWatchDefaults.ImminentThreshold),
        };

        // The default may be above a very small limit. Nobody typed it, so nobody can be told to change it.
        if (IsAbove(settings.Spike) && settings.Spike != MemoryWatchDefaults.SpikeThreshold)
        {
            above.Add(new("SpikeThreshold", settings.Spike, usage, null));
        }

        return (used, above);

        MemoryThreshold Zone(string name, MemoryThreshold threshold, MemoryThreshold standard)
        {
            if (!IsAbove(threshold))
            {
                return threshold;
            }

            // Without a limit of its own the process is compared with the amount itself.
            var isReplaced = usage.Source is not LimitSource.Machine;
            above.Add(new(name, threshold, usage, isReplaced ? standard.Resolve(usage.LimitBytes) : null));
            return isReplaced ? standard : threshold;
        }

        bool IsAbove(MemoryThreshold threshold) => !threshold.IsRelative && threshold.Resolve(null) > usage.LimitBytes;
    }
}
