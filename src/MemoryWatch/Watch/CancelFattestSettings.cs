using static MemoryWatch.Watch.MemoryWatchSettings;

namespace MemoryWatch.Watch;

/// <summary>The settings of the step that cancels an operation, as <see cref="MemoryWatchSettings"/> defines each setting.</summary>
internal static class CancelFattestSettings
{
    public static Setting[] All { get; } =
    [
        Flag("CancelFattest:Enabled", o => o.CancelFattest.Enabled, (o, v) => o.CancelFattest.Enabled = v) with { NeedsRestart = true },
        Span("CancelFattest:Cooldown", "1 s to 1 h", 1, 3_600, false, o => o.CancelFattest.Cooldown, (o, v) => o.CancelFattest.Cooldown = v) with
        {
            NeedsRestart = true,
        },
    ];
}
