using Microsoft.Extensions.Logging;

namespace MemoryWatch.Tell;

/// <summary>The log event of filter and context functions that throw: for activities here, for requests in MemoryWatch.AspNetCore, which compiles this file too.</summary>
internal static partial class TrackingLog
{
    /// <summary>Its id among the events.</summary>
    public const int Event = 44;

    [LoggerMessage(Event, LogLevel.Warning,
        "A filter or context function for {what} failed ({error}). The operation is tracked without context or not at all; logged once")]
    public static partial void CallbackFault(ILogger logger, string what, string error);
}
