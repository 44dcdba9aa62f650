using MemoryWatch.Guard;
using Microsoft.Extensions.Logging;

namespace MemoryWatch.Tell;

/// <summary>Reports plug-ins that throw or hang to the application's log.</summary>
internal sealed class PluginLog(ILogger logger) : IPluginListener
{
    public void OnFault(GuardedPlugin plugin, Exception? error, TimeSpan rest)
    {
        if (error is null)
        {
            WatchLog.PluginTimeout(logger, plugin.Kind, plugin.Name, MemoryText.Interval(rest));
        }
        else
        {
            WatchLog.PluginFault(logger, plugin.Kind, plugin.Name, SafeText.Error(error), MemoryText.Interval(rest));
        }
    }

    public void OnRecovery(GuardedPlugin plugin) => WatchLog.PluginRecovery(logger, plugin.Kind, plugin.Name);

    public void OnExhausted() => WatchLog.PluginsExhausted(logger, StuckThreads.Most);
}
