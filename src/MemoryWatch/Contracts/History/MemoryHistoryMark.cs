using System.Text.Json.Serialization;

namespace MemoryWatch;

/// <summary>The kind of an event in the history.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MemoryHistoryMarkKind>))]
public enum MemoryHistoryMarkKind
{
    /// <summary>Unknown: the default value.</summary>
    Unknown,

    /// <summary>The watch started, and no previous run is known.</summary>
    Start,

    /// <summary>The watch started after a previous run, whose end is <see cref="MemoryHistoryMark.Verdict"/>.</summary>
    Restart,

    /// <summary>Memory rose quickly.</summary>
    Spike,

    /// <summary>Memory entered another zone.</summary>
    Zone,

    /// <summary>Another alert.</summary>
    Alert,

    /// <summary>A relief step ran.</summary>
    Relief,
}

/// <summary>An event in the history.</summary>
/// <example>
/// <code>
/// var restarts = watch.History(TimeSpan.FromDays(7)).Marks
///     .Where((MemoryHistoryMark mark) => mark.Kind == MemoryHistoryMarkKind.Restart)
///     .Select(mark => $"{mark.Time:u} {mark.Text}");
/// </code>
/// </example>
public sealed class MemoryHistoryMark
{
    /// <summary>Time of the event (UTC).</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>The kind of the event.</summary>
    public MemoryHistoryMarkKind Kind { get; init; }

    /// <summary>The zone that memory was in after the event; <see langword="null"/> if unknown.</summary>
    public MemoryZone? Zone { get; init; }

    /// <summary>The severity of an alert; otherwise <see langword="null"/>.</summary>
    public AlertSeverity? Severity { get; init; }

    /// <summary>For <see cref="MemoryHistoryMarkKind.Restart"/>: how the previous run ended; otherwise <see langword="null"/>.</summary>
    public RunVerdict? Verdict { get; init; }

    /// <summary>What happened, in words, as in the log; cut to 112 bytes.</summary>
    public string Text { get; init; } = string.Empty;

    /// <summary>
    /// The likely cause in words, cut to 144 bytes; <see langword="null"/> if none is known, and for alerts of a previous run.
    /// </summary>
    public string? Cause { get; init; }

    /// <summary>
    /// Numbers of the operations that the cause names, at most 3: those of <see cref="OperationSpan.OperationId"/> in this run. Empty if it names
    /// none, or only names of which several ran.
    /// </summary>
    public IReadOnlyList<long> CauseOperations { get; init; } = [];

    /// <summary>Returns the text.</summary>
    public override string ToString() => Text;
}
