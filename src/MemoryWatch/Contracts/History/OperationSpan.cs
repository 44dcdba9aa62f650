namespace MemoryWatch;

/// <summary>When an operation ran, and what it took.</summary>
/// <example>
/// <code>
/// // What ran at 03:00?
/// var night = DateTimeOffset.Parse("2026-11-23T03:00:00Z");
/// IEnumerable&lt;OperationSpan> running = watch.History(TimeSpan.FromDays(1)).Operations
///     .Where(o => o.Start &lt;= night &amp;&amp; (o.End is null || o.End > night));
/// </code>
/// </example>
public sealed class OperationSpan
{
    /// <summary>The operation's number, as in its journal entries. Numbers of a previous run may repeat.</summary>
    public long OperationId { get; init; }

    /// <summary>Number of the enclosing operation; 0 for none.</summary>
    public long ParentId { get; init; }

    /// <summary>The name given by the application; safe to print.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>The context given by the application, cut to 40 bytes once the operation has ended; safe to print.</summary>
    public OperationContext Context { get; init; }

    /// <summary>Time of its start (UTC).</summary>
    public DateTimeOffset Start { get; init; }

    /// <summary>
    /// Time of its end (UTC); <see langword="null"/> while it is in flight. For an operation that was in flight when a previous run ended, it is the
    /// time at which that run was last seen.
    /// </summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>
    /// The outcome; <see cref="OperationOutcome.Running"/> while it is in flight, <see cref="OperationOutcome.Unknown"/> if the previous run ended
    /// before it did.
    /// </summary>
    public OperationOutcome Outcome { get; init; }

    /// <summary>Whether it belongs to a previous run.</summary>
    public bool IsOfPreviousRun { get; init; }

    /// <summary>Bytes that it allocated so far, nested operations included; <see langword="null"/> if allocations are not tracked.</summary>
    public long? AllocatedBytes { get; init; }

    /// <summary>Change of the process's resident memory from its start to its end, in bytes; <see langword="null"/> if unknown or in flight.</summary>
    public long? ChangeBytes { get; init; }

    /// <summary>Returns one line, such as <c>Download 7 Completed, allocated 45.3 MB</c>.</summary>
    public override string ToString() => $"{Name} {MemoryText.Count(OperationId)} {Outcome}, allocated {MemoryText.Megabytes(AllocatedBytes)}";
}
