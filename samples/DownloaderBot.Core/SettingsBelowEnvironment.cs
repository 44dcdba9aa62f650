using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Memory;

namespace DownloaderBot;

internal static class SettingsBelowEnvironment
{
    /// <summary>Adds settings that override the file and are overridden by the environment and the command line.</summary>
    public static void AddBelowEnvironment(
        this ConfigurationManager configuration, IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var sources = configuration.Sources;
        var environment = sources.OfType<EnvironmentVariablesConfigurationSource>().Last();
        sources.Insert(sources.IndexOf(environment), new MemoryConfigurationSource { InitialData = settings });
    }
}
