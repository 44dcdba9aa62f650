namespace MemoryWatch.Watch;

/// <summary>The settings of the drained restart in force.</summary>
internal sealed record RestartSettings(
    bool Enabled, MemoryZone From, TimeSpan DrainTimeout, TimeSpan StopTimeout, int ExitCode, int MostPerDay, TimeSpan MinimumUptime,
    IReadOnlyList<string> Background)
{
    public static RestartSettings Of(RestartOptions options) => new(
        options.Enabled, options.From, options.DrainTimeout, options.StopTimeout, options.ExitCode, options.MostPerDay, options.MinimumUptime,
        options.Background);
}
