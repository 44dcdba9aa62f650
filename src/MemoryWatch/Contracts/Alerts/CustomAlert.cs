namespace MemoryWatch;

/// <summary>What a detector of the application's has found.</summary>
public sealed class CustomAlert : MemoryAlert
{
    /// <summary>Makes an alert.</summary>
    /// <param name="kind">
    /// What kind it is, the same for all alerts of one cause, such as <c>disk_full</c>; bounded, as it becomes a tag.
    /// </param>
    /// <param name="severity">How much it matters.</param>
    /// <param name="message">One line for people; control characters are escaped and the length is capped at 256.</param>
    /// <param name="values">Named values for structured logs; none where absent.</param>
    /// <exception cref="ArgumentException"><paramref name="kind"/> or <paramref name="message"/> is empty.</exception>
    public CustomAlert(
        string kind, AlertSeverity severity, string message, IReadOnlyList<KeyValuePair<string, object?>>? values = null)
        : base(Required(kind, nameof(kind)), severity)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(message);
        Message = SafeText.Context(message);
        Values = values ?? [];
    }

    /// <summary>One line for people; safe to print.</summary>
    public string Message { get; }

    /// <summary>Named values for structured logs; often none.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> Values { get; }

    /// <summary>The message.</summary>
    public override string ToString() => Message;

    private static string Required(string kind, string parameter)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(kind, parameter);
        return SafeText.Name(kind);
    }
}
