using Microsoft.Extensions.Logging;

namespace MemoryWatch.Tell;

/// <summary>The log event of settings in the wrong place; written by MemoryWatch.Hosting, which compiles this file too.</summary>
internal static partial class ConfigurationLog
{
    /// <summary>Its id among the events.</summary>
    public const int Event = 8;

    [LoggerMessage(Event, LogLevel.Warning,
        "MemoryWatch does not read '{key}' in the configuration. Did you mean '{expected}'?")]
    public static partial void SettingMisplaced(ILogger logger, string key, string expected);
}
