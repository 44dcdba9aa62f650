namespace MemoryWatch;

/// <summary>How much an alert matters.</summary>
public enum AlertSeverity
{
    /// <summary>Good to know; logged as Information, without a snapshot.</summary>
    Information,

    /// <summary>Worth a look; logged as Warning.</summary>
    Warning,

    /// <summary>The process may be killed; logged as Critical.</summary>
    Critical,
}

/// <summary>Something that a detector found worth telling.</summary>
public sealed class MemoryAlert
{
    /// <summary>Makes an alert.</summary>
    /// <param name="kind">
    /// What kind it is, the same for all alerts of one cause, such as <c>spike</c>; bounded, as it becomes a tag.
    /// </param>
    /// <param name="severity">How much it matters.</param>
    /// <param name="message">One line for people; control characters are escaped and the length is capped at 256.</param>
    /// <param name="values">Named values for structured logs; none where absent.</param>
    /// <exception cref="ArgumentException"><paramref name="kind"/> or <paramref name="message"/> is empty.</exception>
    public MemoryAlert(
        string kind, AlertSeverity severity, string message, IReadOnlyList<KeyValuePair<string, object?>>? values = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(kind);
        ArgumentException.ThrowIfNullOrWhiteSpace(message);
        Kind = SafeText.Name(kind);
        Severity = severity;
        Message = SafeText.Context(message);
        Values = values ?? [];
    }

    /// <summary>What kind it is, such as <c>spike</c>.</summary>
    public string Kind { get; }

    /// <summary>How much it matters.</summary>
    public AlertSeverity Severity { get; }

    /// <summary>One line for people; safe to print.</summary>
    public string Message { get; }

    /// <summary>Named values for structured logs; often none.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> Values { get; }

    /// <summary>
    /// What most likely made memory grow, for a spike, a zone that was entered and an operation during which memory grew; absent where
    /// memory did not grow within the time that the watch remembers, and for other alerts.
    /// </summary>
    public MemoryCause? Cause { get; private init; }

    /// <summary>The same alert with its cause.</summary>
    internal MemoryAlert With(MemoryCause? cause) => new(Kind, Severity, Message, Values) { Cause = cause };

    /// <summary>The message.</summary>
    public override string ToString() => Message;
}
