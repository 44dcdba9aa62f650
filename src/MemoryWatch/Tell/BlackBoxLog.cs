using Microsoft.Extensions.Logging;

namespace MemoryWatch.Tell;

/// <summary>The log lines of the black box whose values are always the same.</summary>
internal static partial class BlackBoxLog
{
    [LoggerMessage(LogEvents.BlackBoxOff, LogLevel.Warning,
        "There is no black box at {path}: {problem}. The watch runs on; what happens in this run cannot be told after it was killed")]
    public static partial void Off(ILogger logger, string path, string problem);

    [LoggerMessage(LogEvents.BlackBoxLate, LogLevel.Warning,
        "The black box at {path} takes over {patience} to open. The watch runs on; what happens until then cannot be told after a kill")]
    public static partial void Late(ILogger logger, string path, string patience);

    [LoggerMessage(LogEvents.BlackBoxElsewhere, LogLevel.Warning,
        "The black box {path} is another process's, or cannot be opened; this one writes to {own_path}")]
    public static partial void Elsewhere(ILogger logger, string path, string own_path);

    [LoggerMessage(LogEvents.PreviousRunUnreadable, LogLevel.Warning,
        "The black box of the previous run cannot be read: {problem}. It is kept as {kept_path}")]
    public static partial void Unreadable(ILogger logger, string problem, string kept_path);

    [LoggerMessage(LogEvents.BlackBoxSlow, LogLevel.Warning,
        "Writing a record of the black box took {duration}; records go through a thread of its own while the disk is slow, and the last ones may be missing after a kill")]
    public static partial void Slow(ILogger logger, string duration);

    [LoggerMessage(LogEvents.BlackBoxFailing, LogLevel.Warning,
        "The black box cannot be written ({problem}); it is tried again, and until then nothing is recorded")]
    public static partial void Failing(ILogger logger, string problem);

    [LoggerMessage(LogEvents.BlackBoxRecovered, LogLevel.Information,
        "The black box is written again; {lost_records} records were lost since the start")]
    public static partial void Recovered(ILogger logger, long lost_records);
}
