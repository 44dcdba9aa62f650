namespace MemoryWatch;

/// <summary>An alert that an application detector raises.</summary>
/// <example>
/// <code>
/// public sealed class TooManyFilesDetector(string folder) : IMemoryDetector
/// {
///     private bool _isReported;
///
///     public MemoryAlert? Inspect(MemorySnapshot snapshot)
///     {
///         if (_isReported || Directory.GetFiles(folder).Length &lt; 1000)
///         {
///             return null;
///         }
///
///         _isReported = true;
///         return new CustomAlert("too_many_files", AlertSeverity.Warning, $"TOO MANY FILES in {folder}");
///     }
/// }
/// </code>
/// </example>
public sealed class CustomAlert : MemoryAlert
{
    /// <summary>Creates an alert.</summary>
    /// <param name="kind">
    /// The kind, the same for all alerts with one cause, such as <c>disk_full</c>; escaped and capped at 64 characters. Use a small set of
    /// kinds because each kind becomes a metric tag.
    /// </param>
    /// <param name="severity">The severity.</param>
    /// <param name="message">One line of text for readers; control characters are escaped and the length is capped at 256 characters.</param>
    /// <param name="values">Named values for structured logs; <see langword="null"/> for none.</param>
    /// <exception cref="ArgumentException">
    /// <paramref name="kind"/> or <paramref name="message"/> is <see langword="null"/>, empty or blank.
    /// </exception>
    public CustomAlert(
        string kind, AlertSeverity severity, string message, IReadOnlyList<KeyValuePair<string, object?>>? values = null)
        : base(Required(kind, nameof(kind)), severity)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(message);
        Message = SafeText.Context(message);
        Values = values ?? [];
    }

    /// <summary>One line of text for readers, at most 256 characters; safe to print.</summary>
    public string Message { get; }

    /// <summary>Named values for structured logs; often none.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> Values { get; }

    /// <summary>Returns the message.</summary>
    public override string ToString() => Message;

    private static string Required(string kind, string parameter)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(kind, parameter);
        return SafeText.Name(kind);
    }
}
