using Microsoft.Extensions.Logging;

namespace MemoryWatch.Tell;

/// <summary>The log events of the headroom limiter; written by MemoryWatch.Hosting, which compiles this file too.</summary>
internal static partial class HeadroomLog
{
    /// <summary>The id of the event that says that work was refused.</summary>
    public const int RefusedEvent = 67;

    /// <summary>The id of the event that says that no new work is granted at all.</summary>
    public const int StoppedEvent = 68;

    [LoggerMessage(RefusedEvent, LogLevel.Warning,
        "Work was refused: {reason}. {refused} refused since the last such line; open leases: {open}, of {leased} MB together")]
    public static partial void Refused(ILogger logger, string reason, long refused, int open, long leased);

    [LoggerMessage(StoppedEvent, LogLevel.Warning, "New work is refused from now on: {reason}")]
    public static partial void Stopped(ILogger logger, string reason);
}
