using MemoryWatch.BlackBox.Format;

namespace MemoryWatch.BlackBox.Recall;

/// <summary>The time between what a run recorded and the next start, whatever has been done to the clock since.</summary>
internal static class RunClock
{
    /// <summary>Time from the run's last record to this start; never negative.</summary>
    public static TimeSpan UntilStart(RunRecording recording, RunIdentity now) =>
        recording.Identity.BootId == now.BootId && recording.Identity.BootClock is { } started && now.BootClock is { } clock
            && clock - started - recording.LastClock is var gap && gap >= TimeSpan.Zero
            ? gap
            : (now.Started - recording.LastTime).Duration();

    /// <summary>Time from the run's last sample to this start; <see langword="null"/> without a sample.</summary>
    public static TimeSpan? SinceSample(RunRecording recording, RunIdentity now) => recording.LastSample is { } last
        ? UntilStart(recording, now) + (recording.LastClock - last.Clock).Duration()
        : null;
}
