namespace MemoryWatch;

/// <summary>
/// A restart on purpose: MemoryWatch stopped the program in order because memory ran out and relief did not help. It had told the program to take
/// no more work, and had waited for what was in flight.
/// </summary>
/// <example>
/// <code>
/// if (watch.PreviousRun?.Restart is DrainedRestart restart)
/// {
///     await SendAsync($"Restarted at {restart.UsedBytes >> 20} MB; {restart.LeftInFlight} operations were cut off");
/// }
/// </code>
/// </example>
public sealed class DrainedRestart
{
    /// <summary>When the program was told to take no more work (UTC, by the clock of that run).</summary>
    public required DateTimeOffset Began { get; init; }

    /// <summary>The zone of memory at that time.</summary>
    public MemoryZone Zone { get; init; }

    /// <summary>Used memory at that time, in bytes; <see langword="null"/> if unknown.</summary>
    public long? UsedBytes { get; init; }

    /// <summary>The limit that governed the zone, in bytes; <see langword="null"/> if unknown.</summary>
    public long? LimitBytes { get; init; }

    /// <summary>
    /// How long MemoryWatch waited for what was in flight; <see langword="null"/> if the run ended while it was waiting.
    /// </summary>
    public TimeSpan? Waited { get; init; }

    /// <summary>
    /// Number of operations in flight at the last count: at the beginning, at the end of the wait and when the watch stopped. Quiet operations are
    /// included, <see cref="Background"/> ones are not.
    /// </summary>
    public int LeftInFlight { get; init; }

    /// <summary>Names of the operations that were not waited for.</summary>
    public IReadOnlyList<string> Background { get; init; } = [];

    /// <summary>The exit code, from 1 to 255.</summary>
    public int ExitCode { get; init; }

    /// <summary>Which one it was among the restarts on purpose of the day before it, from 1.</summary>
    public int NumberOfDay { get; init; } = 1;

    /// <summary>Returns one line, such as <c>2026-12-01 08:38:05Z in Imminent, 0 in flight after 3.2 s, exit code 75</c>.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Began:u} in {Zone}, {LeftInFlight} in flight after {(Waited is { } waited ? MemoryText.Duration(waited) : MemoryText.NotAvailable)}, exit code {ExitCode}");
}
