using Microsoft.Extensions.Logging;

namespace MemoryWatch.Tell;

/// <summary>The log events whose values are always the same and shown as they are; the others are <see cref="LogState"/>.</summary>
internal static partial class WatchLog
{
    [LoggerMessage(LogEvents.Stopped, LogLevel.Information, "Memory watch stopped")]
    public static partial void Stopped(ILogger logger);

    [LoggerMessage(LogEvents.SettingsChanged, LogLevel.Information, "Memory watch settings changed, {changes}")]
    public static partial void SettingsChanged(ILogger logger, string changes);

    [LoggerMessage(LogEvents.SettingsRefused, LogLevel.Error,
        "Memory watch settings were not changed; the previous ones stay in force ({problems})")]
    public static partial void SettingsRefused(ILogger logger, string problems);

    [LoggerMessage(LogEvents.LimitAboveContainer, LogLevel.Warning,
        "The Limit setting is {limit}, but the container's limit is {container_limit}: the kernel will kill the process before MemoryWatch warns. Lower Limit, or remove it to use the container's limit")]
    public static partial void LimitAboveContainer(ILogger logger, string limit, string container_limit);

    [LoggerMessage(LogEvents.TickFailed, LogLevel.Error, "A memory reading failed; trying again at the next tick")]
    public static partial void TickFailed(ILogger logger, Exception exception);

    [LoggerMessage(LogEvents.ScopeEndedElsewhere, LogLevel.Information,
        "A scope of {operation} ended where it was not the current one. That is allowed, but what the flow allocated after leaving the scope is not attributed to it. In an iterator, use TrackAsync for the sequence; logged once for each name")]
    public static partial void ScopeEndedElsewhere(ILogger logger, string operation);

    [LoggerMessage(LogEvents.TooManyExpected, LogLevel.Warning,
        "{most} objects are expected to be collected, and further ones are not followed until some of these are; logged once")]
    public static partial void TooManyExpected(ILogger logger, int most);

    [LoggerMessage(LogEvents.Advice, LogLevel.Warning, "Memory watch advice: {advice}")]
    public static partial void Advice(ILogger logger, string advice);

    [LoggerMessage(LogEvents.ThresholdAboveLimit, LogLevel.Warning, "{threshold}")]
    public static partial void ThresholdAboveLimit(ILogger logger, string threshold);

    [LoggerMessage(LogEvents.ReliefFailed, LogLevel.Warning,
        "🗑️ {relief} failed after {duration}: {error}")]
    public static partial void ReliefFailed(ILogger logger, string relief, string duration, string error);

    [LoggerMessage(LogEvents.ReliefExhausted, LogLevel.Warning,
        "🗑️ Relief is exhausted: each step for the {zone} zone was called or freed nothing lately, and memory is still above the target ({usage})")]
    public static partial void ReliefExhausted(ILogger logger, string zone, string usage);

    [LoggerMessage(LogEvents.PluginFault, LogLevel.Warning,
        "{kind} '{plugin}' failed ({error}). Retrying in {rest}; not logged again until it recovers")]
    public static partial void PluginFault(ILogger logger, string kind, string plugin, string error, string rest);

    [LoggerMessage(LogEvents.PluginTimeout, LogLevel.Warning,
        "{kind} '{plugin}' timed out. Retrying in {rest} at the earliest, once the hung call returns; not logged again until it recovers")]
    public static partial void PluginTimeout(ILogger logger, string kind, string plugin, string rest);

    [LoggerMessage(LogEvents.PluginRecovery, LogLevel.Information, "{kind} '{plugin}' recovered")]
    public static partial void PluginRecovery(ILogger logger, string kind, string plugin);

    [LoggerMessage(LogEvents.PluginsExhausted, LogLevel.Warning,
        "{threads} threads hang in plug-ins of the memory watch. No plug-in is called until one of them returns")]
    public static partial void PluginsExhausted(ILogger logger, int threads);
}
