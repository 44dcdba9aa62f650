namespace MemoryWatch;

/// <summary>What the start found of earlier runs in the folder of the black box.</summary>
internal enum RestartMemory
{
    /// <summary>There is no black box, or it is not open.</summary>
    NoBox,

    /// <summary>No run has left a black box there.</summary>
    NoPreviousRun,

    /// <summary>The black box of the previous run cannot be read.</summary>
    Unreadable,

    /// <summary>It was read, so the folder outlives a restart.</summary>
    Read,
}

/// <summary>The restarts on purpose that are known at a start, which the black box carries from file to file.</summary>
/// <param name="Memory">What was found.</param>
/// <param name="Times">When the restarts began, the earliest first; at most <see cref="Most"/>, the last ones.</param>
/// <param name="CountedFrom">Since when the restarts are known; <see langword="null"/> if all are.</param>
internal sealed record RestartLedger(RestartMemory Memory, IReadOnlyList<DateTimeOffset> Times, DateTimeOffset? CountedFrom)
{
    /// <summary>Maximum number of restarts that are carried over, and so the maximum for a day.</summary>
    public const int Most = 50;

    public static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public static RestartLedger None { get; } = new(RestartMemory.NoBox, [], null);

    /// <summary>
    /// Number of restarts within the day before a time. Later ones count too: the clock was set back since, so it is not known how long ago they were.
    /// </summary>
    public int CountAt(DateTimeOffset now) => Times.Count(time => now - time < Day);

    public RestartLedger With(DateTimeOffset began) => this with { Times = [.. Times.Append(began).TakeLast(Most)] };
}
