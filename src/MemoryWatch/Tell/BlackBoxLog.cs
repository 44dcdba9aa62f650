using Microsoft.Extensions.Logging;

namespace MemoryWatch.Tell;

/// <summary>The log lines of the black box whose values are always the same.</summary>
internal static partial class BlackBoxLog
{
    [LoggerMessage(LogEvents.BlackBoxOff, LogLevel.Warning,
        "Black box off: {path} cannot be used ({problem}). Monitoring continues, but if this run is killed the next start cannot explain it")]
    public static partial void Off(ILogger logger, string path, string problem);

    [LoggerMessage(LogEvents.BlackBoxLate, LogLevel.Warning,
        "Black box {path} is still opening after {patience}. Monitoring continues; a kill before it opens leaves no record")]
    public static partial void Late(ILogger logger, string path, string patience);

    [LoggerMessage(LogEvents.BlackBoxElsewhere, LogLevel.Warning,
        "Black box {path} belongs to another process or cannot be opened; this process writes to {own_path}")]
    public static partial void Elsewhere(ILogger logger, string path, string own_path);

    [LoggerMessage(LogEvents.PreviousRunUnreadable, LogLevel.Warning,
        "The black box of the previous run cannot be read ({problem}). It is kept as {kept_path}")]
    public static partial void Unreadable(ILogger logger, string problem, string kept_path);

    [LoggerMessage(LogEvents.BlackBoxSlow, LogLevel.Warning,
        "Slow disk: one black box write took {duration}. Records are queued while it is slow; the last ones may be missing after a kill")]
    public static partial void Slow(ILogger logger, string duration);

    [LoggerMessage(LogEvents.BlackBoxFailing, LogLevel.Warning,
        "Black box cannot be written ({problem}). Retrying; nothing is recorded until it succeeds")]
    public static partial void Failing(ILogger logger, string problem);

    [LoggerMessage(LogEvents.BlackBoxRecovered, LogLevel.Information,
        "Black box is written again; {lost_records} records were lost since the start")]
    public static partial void Recovered(ILogger logger, long lost_records);
}
