using System.Text.Json.Serialization;

namespace MemoryWatch;

/// <summary>The kind of a journal entry.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<JournalEntryKind>))]
public enum JournalEntryKind
{
    /// <summary>Unknown: the default value.</summary>
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

/// <summary>An entry of the journal, the short memory of the watch: an event, its time, and the memory of the process at that time.</summary>
/// <example>
/// <code>
/// // The operations that failed lately, the latest first.
/// foreach (JournalEntry entry in watch.RecentEntries.Reverse()
///     .Where(e => e is { Kind: JournalEntryKind.Ended, Outcome: OperationOutcome.Failed }))
/// {
///     Console.WriteLine($"{entry.Describe()} ({entry.Error})");
/// }
/// </code>
/// </example>
public readonly struct JournalEntry
{
    /// <summary>
    /// Number of the entry, counted from 1. If an observer receives entries with a gap, the observer was too slow for the entries in between.
    /// </summary>
    public long Sequence { get; init; }

    /// <summary>Time of the event (UTC).</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>The kind of the entry.</summary>
    public JournalEntryKind Kind { get; init; }

    /// <summary>The operation's number, which connects its start and its end; 0 for marks and snapshots.</summary>
    public long OperationId { get; init; }

    /// <summary>The name given by the application, such as <c>Download</c>; safe to print.</summary>
    public string Name { get => field ?? string.Empty; init; }

    /// <summary>The context given by the application; safe to print.</summary>
    public OperationContext Context { get; init; }

    /// <summary>Resident memory of the process, in bytes; <see langword="null"/> if it could not be read.</summary>
    public long? ResidentBytes { get; init; }

    /// <summary>
    /// For an end: change of the whole process's resident memory since the start, in bytes, caused by whatever ran in between. It is
    /// <see langword="null"/> if it could not be read.
    /// </summary>
    public long? ChangeBytes { get; init; }

    /// <summary>For an end: duration of the operation; otherwise <see langword="null"/>.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>For an end: bytes that the operation allocated; <see langword="null"/> if allocations are not tracked.</summary>
    public OperationAllocation? Allocation { get; init; }

    /// <summary>
    /// The outcome of the operation; <see cref="OperationOutcome.Running"/> for a start, <see cref="OperationOutcome.Completed"/> for marks and
    /// snapshots.
    /// </summary>
    public OperationOutcome Outcome { get; init; }

    /// <summary>
    /// For a failed end: the exception's type and message, or the reason, escaped and capped at 256 characters; otherwise
    /// <see langword="null"/>.
    /// </summary>
    public string? Error { get; init; }

    /// <summary>Whether the entry belongs to a quiet operation. Such an entry is not in the journal, so it has no sequence number.</summary>
    internal bool IsQuiet { get; init; }

    /// <summary>Number of the enclosing operation; 0 for none.</summary>
    public long ParentId { get; init; }

    /// <summary>For starts and ends: the operation's slot among those in flight.</summary>
    internal int Slot { get; init; }

    /// <summary>
    /// The name and what happened, such as <c>Download Started</c> or <c>Download Completed</c>; for marks and snapshots the name alone.
    /// </summary>
    public string Title => Kind switch
    {
        JournalEntryKind.Started => $"{Name} Started",
        JournalEntryKind.Ended => $"{Name} {Outcome}",
        _ => Name,
    };

    /// <summary>
    /// Returns one line, such as <c>Download Completed, resident 153.1 MB</c>. <see cref="MemoryDescriptions"/> returns the form that the log
    /// shows.
    /// </summary>
    public override string ToString() => $"{Title}, resident {MemoryText.Megabytes(ResidentBytes)}";
}
