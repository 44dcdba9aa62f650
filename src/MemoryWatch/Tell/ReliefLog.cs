using Microsoft.Extensions.Logging;

namespace MemoryWatch.Tell;

/// <summary>
/// The log events about the steps that relief has; MemoryWatch.Hosting, which knows the application's caches, compiles this file too.
/// </summary>
internal static partial class ReliefLog
{
    /// <summary>The id of <see cref="StepAbsent"/> among the events.</summary>
    public const int StepAbsentEvent = 34;

    [LoggerMessage(StepAbsentEvent, LogLevel.Debug, "Relief has no step '{relief}': {reason}")]
    public static partial void StepAbsent(ILogger logger, string relief, string reason);

    /// <summary>The C library cannot trim the native heap.</summary>
    public static void NoTrim(ILogger logger, string relief) => StepAbsent(logger, relief, "the C library has no malloc_trim");

    /// <summary>No cache is registered.</summary>
    public static void NoCache(ILogger logger, string relief) => StepAbsent(logger, relief, "no MemoryCache is registered as a singleton");
}
