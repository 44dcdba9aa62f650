using Microsoft.Extensions.Logging;

namespace MemoryWatch.Tell;

/// <summary>The log lines whose values are always the same; those with the application's own are <see cref="LogState"/>.</summary>
internal static partial class WatchLog
{
    [LoggerMessage(LogEvents.Started, LogLevel.Information,
        "Memory watch started | Limit: {limit} ({limit_source}) | GC limit: {gc_limit} | GC: {gc_flavour} | Every {interval}, periodic check: {periodic_interval}, GC report: {gc_report_interval}, periodic collection: {periodic_collection}")]
    public static partial void Started(
        ILogger logger, string limit, string limit_source, string gc_limit, string gc_flavour,
        string interval, string periodic_interval, string gc_report_interval, string periodic_collection);

    [LoggerMessage(LogEvents.Stopped, LogLevel.Information, "Memory watch stopped")]
    public static partial void Stopped(ILogger logger);

    [LoggerMessage(LogEvents.SettingsChanged, LogLevel.Information, "Memory watch settings changed, {changes}")]
    public static partial void SettingsChanged(ILogger logger, string changes);

    [LoggerMessage(LogEvents.SettingsRefused, LogLevel.Error,
        "Memory watch settings were not changed, the old ones stay in force: {problems}")]
    public static partial void SettingsRefused(ILogger logger, string problems);

    [LoggerMessage(LogEvents.LimitAboveContainer, LogLevel.Warning,
        "The Limit setting is {limit}, but the container's own limit is {container_limit}: the kernel will kill the process before the watch warns. Lower Limit, or remove it to use the container's")]
    public static partial void LimitAboveContainer(ILogger logger, string limit, string container_limit);

    [LoggerMessage(LogEvents.TickFailed, LogLevel.Error, "A reading of the memory watch failed; it goes on")]
    public static partial void TickFailed(ILogger logger, Exception exception);

    [LoggerMessage(LogEvents.Advice, LogLevel.Warning, "Memory watch advice: {advice}")]
    public static partial void Advice(ILogger logger, string advice);

    public static void Relief(ILogger logger, ReliefOutcome outcome)
    {
        if (outcome.Error is { } error)
        {
            ReliefFailed(logger, outcome.Name, MemoryText.Duration(outcome.Duration), error);
        }
        else
        {
            Relief(
                logger,
                outcome.Name,
                MemoryText.Megabytes(outcome.FreedBytes is { } freed ? Math.Max(0, freed) : null),
                MemoryText.Megabytes(outcome.Before.ResidentBytes),
                MemoryText.Megabytes(outcome.After.ResidentBytes),
                MemoryText.Duration(outcome.Duration));
        }
    }

    public static void Collections(ILogger logger, CollectionReport report) => Collections(
        logger,
        report.Generation0,
        report.Generation1,
        report.Generation2,
        MemoryText.Duration(report.Period),
        MemoryText.Duration(report.Pause),
        MemoryText.Megabytes(report.FreedBytes),
        MemoryText.Megabytes(report.AllocatedBytes));

    [LoggerMessage(LogEvents.Relief, LogLevel.Information,
        "🗑️ {relief} freed {freed}: {before} -> {after} in {duration}")]
    private static partial void Relief(ILogger logger, string relief, string freed, string before, string after, string duration);

    [LoggerMessage(LogEvents.ReliefFailed, LogLevel.Warning,
        "🗑️ {relief} failed after {duration}: {error}")]
    private static partial void ReliefFailed(ILogger logger, string relief, string duration, string error);

    [LoggerMessage(LogEvents.CollectionReport, LogLevel.Information,
        "🗑️ GC report: {gen0_collections} gen 0, {gen1_collections} gen 1 and {gen2_collections} gen 2 collections in {period} | Pause: {pause} | Freed: {freed} | Allocated: {allocated}")]
    private static partial void Collections(
        ILogger logger, int gen0_collections, int gen1_collections, int gen2_collections,
        string period, string pause, string freed, string allocated);

    [LoggerMessage(LogEvents.PluginFault, LogLevel.Warning,
        "{kind} '{plugin}' failed ({error}); it is asked again in {rest}, and this is not repeated until it has answered")]
    public static partial void PluginFault(ILogger logger, string kind, string plugin, string error, string rest);

    [LoggerMessage(LogEvents.PluginTimeout, LogLevel.Warning,
        "{kind} '{plugin}' did not answer in time; it is asked again in {rest} once that call has returned, and this is not repeated until it has answered")]
    public static partial void PluginTimeout(ILogger logger, string kind, string plugin, string rest);

    [LoggerMessage(LogEvents.PluginRecovery, LogLevel.Information, "{kind} '{plugin}' answers again")]
    public static partial void PluginRecovery(ILogger logger, string kind, string plugin);

    [LoggerMessage(LogEvents.PluginsExhausted, LogLevel.Warning,
        "{threads} threads are stuck in plug-ins of the memory watch; plug-ins are left alone until one of them returns")]
    public static partial void PluginsExhausted(ILogger logger, int threads);
}
