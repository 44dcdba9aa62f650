using Microsoft.Extensions.Logging;

namespace MemoryWatch.Tell;

/// <summary>The log events of restarts on purpose.</summary>
internal static partial class RestartLog
{
    [LoggerMessage(LogEvents.RestartArmed, LogLevel.Information,
        "Restart armed from the zone {zone}: {made} of {most} made in the last 24 hours, none in the first {minimum}")]
    public static partial void Armed(ILogger logger, string zone, int made, int most, string minimum);

    [LoggerMessage(LogEvents.RestartNotArmed, LogLevel.Information, "Restart not armed: {reason}")]
    public static partial void NotArmed(ILogger logger, string reason);

    [LoggerMessage(LogEvents.RestartRefused, LogLevel.Warning, "Relief did not help, but the program is not restarted: {reason}")]
    public static partial void Refused(ILogger logger, string reason);

    public static void Write(ILogger logger, DrainedRestart restart, TimeSpan patience, int most) => Began(
        logger, restart.Zone.ToString(), MemoryText.Megabytes(restart.UsedBytes), MemoryText.Limit(restart.LimitBytes), restart.LeftInFlight,
        MemoryText.Interval(patience), restart.NumberOfDay, most);

    public static void WriteEnd(ILogger logger, DrainedRestart restart, IReadOnlyList<OperationInFlight> left) => Stopping(
        logger, RestartText.Left(restart.LeftInFlight, left), MemoryText.Duration(restart.Waited ?? default), restart.ExitCode);

    [LoggerMessage(LogEvents.RestartForced, LogLevel.Warning, "The program did not stop in time; its process is ended")]
    public static partial void Forced(ILogger logger);

    [LoggerMessage(LogEvents.RestartCallbackFailed, LogLevel.Warning, "A function of the program that a restart called failed ({error}); the restart goes on")]
    public static partial void CallbackFailed(ILogger logger, string error);

    [LoggerMessage(LogEvents.RestartBegan, LogLevel.Critical,
        "🔄 RESTART ON PURPOSE: memory is {zone} ({used} of {limit}) and relief did not help. No more work is taken; waiting up to {patience} for {in_flight} in flight. Number {number} of {most} in 24 hours")]
    private static partial void Began(
        ILogger logger, string zone, string used, string limit, int in_flight, string patience, int number, int most);

    [LoggerMessage(LogEvents.RestartStopping, LogLevel.Warning,
        "🔄 RESTART ON PURPOSE: {left} after {waited}; stopping the program, exit code {exit_code}")]
    private static partial void Stopping(ILogger logger, string left, string waited, int exit_code);
}
