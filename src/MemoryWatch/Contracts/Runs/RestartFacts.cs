namespace MemoryWatch;

/// <summary>What the decision about a restart rests on.</summary>
/// <param name="IsEnabled">Whether the settings allow restarts.</param>
/// <param name="CanStop">Whether the program has said how it is stopped.</param>
/// <param name="Ledger">The restarts of earlier runs.</param>
/// <param name="Uptime">How long the watch has been running, by a monotonic clock. The process has been running for at least as long.</param>
/// <param name="Now">The time of day.</param>
/// <param name="MinimumUptime">The time in which no run is restarted.</param>
/// <param name="MostPerDay">Maximum number of restarts within a day.</param>
internal readonly record struct RestartFacts(
    bool IsEnabled, bool CanStop, RestartLedger Ledger, TimeSpan Uptime, DateTimeOffset Now, TimeSpan MinimumUptime, int MostPerDay);

/// <summary>Why the program is not restarted on purpose.</summary>
internal enum RestartRefusal
{
    /// <summary>It may be restarted.</summary>
    None,

    /// <summary>The settings do not allow it.</summary>
    Disabled,

    /// <summary>The program has not said how it is stopped.</summary>
    NothingToStop,

    /// <summary>There is no black box, in which restarts are counted.</summary>
    NoBlackBox,

    /// <summary>No run has left a black box in the folder, so the folder may not outlive a restart.</summary>
    NoPreviousRun,

    /// <summary>The black box of the previous run cannot be read, so its restarts are not known.</summary>
    PreviousRunUnreadable,

    /// <summary>The restarts of the last day are not all known.</summary>
    CountUnknown,

    /// <summary>The run has just started.</summary>
    TooEarly,

    /// <summary>There were as many within a day as are allowed.</summary>
    TooMany,

    /// <summary>The restart could not be written to the black box, so the next start could not count it.</summary>
    NotRecorded,
}
