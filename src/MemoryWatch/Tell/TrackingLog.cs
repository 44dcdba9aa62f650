using Microsoft.Extensions.Logging;

namespace MemoryWatch.Tell;

/// <summary>The log line of functions given for tracking: for activities here, and for requests in MemoryWatch.AspNetCore, which compiles this file too.</summary>
internal static partial class TrackingLog
{
    /// <summary>Its number among the events.</summary>
    public const int Event = 44;

    [LoggerMessage(Event, LogLevel.Warning,
        "A function given for tracking {what} failed ({error}); what it was asked about is tracked without it or not at all, and this is not repeated")]
    public static partial void CallbackFault(ILogger logger, string what, string error);
}
