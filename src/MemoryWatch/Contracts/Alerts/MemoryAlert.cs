using System.Text.Json.Serialization;

namespace MemoryWatch;

/// <summary>The severity of an alert.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AlertSeverity>))]
public enum AlertSeverity
{
    /// <summary>Good to know; logged at the level Information, without a snapshot in the text.</summary>
    Information,

    /// <summary>Worth a look; logged at the level Warning, or Critical while memory is in the imminent zone.</summary>
    Warning,

    /// <summary>The process may be killed; logged at the level Critical.</summary>
    Critical,
}

/// <summary>
/// An alert that a detector raised, as numbers. The type identifies the kind of alert, and
/// <see cref="MemoryDescriptions.Describe(MemoryAlert)"/> returns its text. Each built-in detector has a separate type; application detectors
/// raise a <see cref="CustomAlert"/>.
/// </summary>
/// <example>
/// <code>
/// public sealed class CriticalAlerts(ILogger&lt;CriticalAlerts> logger) : IMemoryObserver
/// {
///     public void OnAlert(MemoryAlert alert, MemorySnapshot snapshot)
///     {
///         if (alert.Severity == AlertSeverity.Critical)
///         {
///             logger.LogCritical("{Kind}: {Text}", alert.Kind, alert.Describe());
///         }
///     }
/// }
/// </code>
/// </example>
public abstract class MemoryAlert
{
    private MemoryCause? _cause;
    private NoCauseReason _noCause;

    private protected MemoryAlert(string kind, AlertSeverity severity) => (Kind, Severity) = (kind, severity);

    /// <summary>
    /// The name of the kind in metrics, logs and the black box, such as <c>spike</c>. The built-in kinds are listed in docs/events.md.
    /// </summary>
    public string Kind { get; }

    /// <summary>The severity of the alert.</summary>
    public AlertSeverity Severity { get; }

    /// <summary>
    /// The most likely cause of the memory growth, for alerts about high or growing memory: a spike, an entered zone, high memory, an operation
    /// during which memory grew, held heap space, throttling, an <see cref="OutOfMemoryException"/>. It is <see langword="null"/> for other alerts,
    /// and if there is none to be found: see <see cref="NoCause"/>.
    /// </summary>
    public MemoryCause? Cause
    {
        get => _cause;
        init => _cause = value;
    }

    /// <summary>Why an alert about high or growing memory has no cause.</summary>
    public NoCauseReason NoCause
    {
        get => _noCause;
        init => _noCause = value;
    }

    /// <summary>Whether the most important finding is told with the alert: with warnings, and if a zone is entered.</summary>
    [JsonIgnore]
    internal bool NeedsDiagnosis => Severity > AlertSeverity.Information || this is ZoneAlert { IsEntered: true };

    /// <summary>Returns a copy of the alert with its cause, or with the reason why there is none.</summary>
    internal MemoryAlert With(MemoryCause? cause, NoCauseReason reason)
    {
        var copy = (MemoryAlert)MemberwiseClone();
        (copy._cause, copy._noCause) = (cause, cause is null ? reason : NoCauseReason.None);
        return copy;
    }
}
