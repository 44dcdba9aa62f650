using MemoryWatch.Tell;

namespace MemoryWatch;

/// <summary>
/// The run of the program before this one, as its black box tells it. Everything is as of the last record that it wrote: it was alive
/// then, and what it did later nobody knows.
/// </summary>
public sealed class PreviousRun
{
    /// <summary>How it ended, as sure as it can be told.</summary>
    public required RunVerdict Verdict { get; init; }

    /// <summary>What the verdict rests on, one sentence each; safe to print.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

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

    /// <summary>The zone that memory was last in.</summary>
    public MemoryZone LastZone { get; init; }

    /// <summary>The last numbers; absent where none were recorded. Not all of a snapshot's are: those that are not are absent.</summary>
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

    /// <summary>Records that could not be read and were left out.</summary>
    public int DamagedRecords { get; init; }

    /// <summary>Records that the run itself could not write, as far as it could say so.</summary>
    public long LostRecords { get; init; }

    /// <summary>The file, kept under this full path.</summary>
    public string FilePath { get; init; } = string.Empty;

    /// <summary>Where times are shown in the text form; UTC by default.</summary>
    internal TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>
    /// The text form that people search logs for: <c>💀 PREVIOUS RUN: …</c>, why, and what was in flight, then the last numbers and entries; one
    /// line for a run that ended cleanly. Lines are separated by <c>\n</c>.
    /// </summary>
    public override string ToString() => PreviousRunText.Format(this);
}
