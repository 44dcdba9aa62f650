using System.Text.Json.Serialization;

namespace MemoryWatch;

/// <summary>What a journal entry tells of.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<JournalEntryKind>))]
public enum JournalEntryKind
{
    /// <summary>Not known: what an entry has that nobody filled in.</summary>
    Unknown,

    /// <summary>A point in time, from <c>Mark</c>.</summary>
    Mark,

    /// <summary>An explicit snapshot.</summary>
    Snapshot,

    /// <summary>The start of an operation, from <c>Track</c>.</summary>
    Started,

    /// <summary>The end of an operation.</summary>
    Ended,
}

/// <summary>One line of the watch's short memory: what happened when, and how much memory the process used then.</summary>
public readonly struct JournalEntry
{
    /// <summary>Counts the watch's entries from 1; a gap between two that an observer was told of means that it was too slow for the rest.</summary>
    public long Sequence { get; init; }

    /// <summary>When it happened (UTC).</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>What this entry tells of.</summary>
    public JournalEntryKind Kind { get; init; }

    /// <summary>The operation's number, by which its start and end belong together; 0 for marks and snapshots.</summary>
    public long OperationId { get; init; }

    /// <summary>The name given by the application, such as <c>Download</c>; safe to print.</summary>
    public string Name { get => field ?? string.Empty; init; }

    /// <summary>The context given by the application; safe to print.</summary>
    public OperationContext Context { get; init; }

    /// <summary>Resident memory of the process, in bytes; absent where it could not be read.</summary>
    public long? ResidentBytes { get; init; }

    /// <summary>
    /// For an end: the change of the whole process's resident memory since the start, in bytes, by whatever ran in
    /// between. Absent where it could not be read.
    /// </summary>
    public long? ChangeBytes { get; init; }

    /// <summary>For an end: how long the operation took.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>For an end: what the operation allocated; absent where allocations are not tracked.</summary>
    public OperationAllocation? Allocation { get; init; }

    /// <summary>How the operation ended; <see cref="OperationOutcome.Running"/> for a start, completed for marks and snapshots.</summary>
    public OperationOutcome Outcome { get; init; }

    /// <summary>For a failed end: the exception's type and message, escaped and capped.</summary>
    public string? Error { get; init; }

    /// <summary>Whether it is a quiet operation's: not in the journal, so without a number of its own there.</summary>
    internal bool IsQuiet { get; init; }

    /// <summary>The number of the operation that it runs inside of; 0 for none.</summary>
    internal long ParentId { get; init; }

    /// <summary>For starts and ends: the operation's place among those in flight.</summary>
    internal int Slot { get; init; }

    /// <summary>The name with what happened to it: <c>Download Started</c>, <c>Download Completed</c>; marks and snapshots as named.</summary>
    public string Title => Kind switch
    {
        JournalEntryKind.Started => $"{Name} Started",
        JournalEntryKind.Ended => $"{Name} {Outcome}",
        _ => Name,
    };

    /// <summary>One line: <c>Download Completed, resident 153.1 MB</c>. The form that the log shows comes from <see cref="MemoryDescriptions"/>.</summary>
    public override string ToString() => $"{Title}, resident {MemoryText.Megabytes(ResidentBytes)}";
}
