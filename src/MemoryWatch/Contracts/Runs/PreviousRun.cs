using System.Globalization;

namespace MemoryWatch;

/// <summary>
/// The run of the program before this one, as its black box tells it. Everything is as of the last record that it wrote: it was alive
/// then, and what it did later nobody knows.
/// </summary>
public sealed class PreviousRun
{
    /// <summary>How it ended, as sure as it can be told.</summary>
    public required RunVerdict Verdict { get; init; }

    /// <summary>What the verdict rests on, the weightiest first.</summary>
    public IReadOnlyList<RunEvidence> Evidence { get; init; } = [];

    /// <summary>The run's own number.</summary>
    public Guid RunId { get; init; }

    /// <summary>The process's number, in its own container.</summary>
    public int ProcessId { get; init; }

    /// <summary>When its watch started (UTC, by that run's clock).</summary>
    public DateTimeOffset Started { get; init; }

    /// <summary>
    /// When it was last seen alive (UTC, by that run's clock): the time of its last record. While memory is healthy there is one a second
    /// at least.
    /// </summary>
    public DateTimeOffset LastSeen { get; init; }

    /// <summary>How long its watch ran until then, by a clock that nobody sets.</summary>
    public TimeSpan Lifetime { get; init; }

    /// <summary>The exit code, where the process exited by itself.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The exception that ended it, its type and message escaped and capped; absent without one.</summary>
    public string? Error { get; init; }

    /// <summary>
    /// The last numbers, and the zone that memory was in; absent where none were recorded. Not all of a snapshot's are: those that are not
    /// are absent.
    /// </summary>
    public MemorySnapshot? LastSnapshot { get; init; }

    /// <summary>
    /// What most likely made memory grow within the last minute before the last numbers, as the alerts of a run tell it of theirs, as of
    /// then. Absent where memory did not grow, and for a run that ended cleanly. <see cref="OperationVerbosity.Quiet"/> operations that took
    /// less than 10 MB are not recorded: what they allocated is unattributed.
    /// </summary>
    public MemoryCause? Cause { get; init; }

    /// <summary>
    /// The operations that had started and not ended, the oldest first, with their age when the run was last seen, and what they had
    /// allocated at the last numbers: of at most 22, those that took most, and of 11 while memory was healthy.
    /// </summary>
    public IReadOnlyList<OperationInFlight> InFlight { get; init; } = [];

    /// <summary>How many more were in flight than the file had room for, or than could be read of it.</summary>
    public int MoreInFlight { get; init; }

    /// <summary>The last entries of its journal, at most 20, the oldest first. Named values are not recorded, and sequence numbers are those of the file.</summary>
    public IReadOnlyList<JournalEntry> RecentEntries { get; init; } = [];

    /// <summary>The last alerts, at most 5, the oldest first.</summary>
    public IReadOnlyList<PreviousAlert> Alerts { get; init; } = [];

    /// <summary>The last relief steps, at most 5, the oldest first.</summary>
    public IReadOnlyList<ReliefOutcome> Reliefs { get; init; } = [];

    /// <summary>How many metrics the file had no room for: it keeps the first 32, and threads and open files always.</summary>
    public int MoreMetrics { get; init; }

    /// <summary>Records that could not be read and were left out.</summary>
    public int DamagedRecords { get; init; }

    /// <summary>Records that the run itself could not write, as far as it could say so.</summary>
    public long LostRecords { get; init; }

    /// <summary>The file, kept under this full path.</summary>
    public string FilePath { get; init; } = string.Empty;

    /// <summary>Where its times are shown; UTC by default.</summary>
    internal TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>
    /// One line: <c>Killed at 2026-11-23 08:38:05Z after 1.5 s, 101.7 MB of 128 MB used (79.5%), 2 in flight</c>. The form that the log
    /// shows comes from <see cref="MemoryDescriptions.Describe(PreviousRun)"/>.
    /// </summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Verdict} at {LastSeen:u} after {MemoryText.Duration(Lifetime)}, {LastSnapshot?.Usage.ToString() ?? MemoryText.NotAvailable}, {InFlight.Count + MoreInFlight} in flight");
}
