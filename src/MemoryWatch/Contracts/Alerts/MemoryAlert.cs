using System.Text.Json.Serialization;

namespace MemoryWatch;

/// <summary>How much an alert matters.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AlertSeverity>))]
public enum AlertSeverity
{
    /// <summary>Good to know; logged as Information, without a snapshot.</summary>
    Information,

    /// <summary>Worth a look; logged as Warning.</summary>
    Warning,

    /// <summary>The process may be killed; logged as Critical.</summary>
    Critical,
}

/// <summary>
/// Something that a detector found worth telling, as numbers: what kind it is its type says, and
/// <see cref="MemoryDescriptions.Describe(MemoryAlert)"/> puts it into words. The built-in detectors have a type each; a detector of the
/// application's raises a <see cref="CustomAlert"/>.
/// </summary>
public abstract class MemoryAlert
{
    private MemoryCause? _cause;

    private protected MemoryAlert(string kind, AlertSeverity severity) => (Kind, Severity) = (kind, severity);

    /// <summary>The word for its type in metrics, logs and the black box, such as <c>spike</c>. The built-in ones are listed in docs/events.md.</summary>
    public string Kind { get; }

    /// <summary>How much it matters.</summary>
    public AlertSeverity Severity { get; }

    /// <summary>
    /// What most likely made memory grow, for a spike, a zone that was entered and an operation during which memory grew; absent where
    /// memory did not grow within the time that the watch remembers, and for other alerts.
    /// </summary>
    public MemoryCause? Cause
    {
        get => _cause;
        init => _cause = value;
    }

    /// <summary>The same alert with its cause.</summary>
    internal MemoryAlert With(MemoryCause? cause)
    {
        var copy = (MemoryAlert)MemberwiseClone();
        copy._cause = cause;
        return copy;
    }
}
