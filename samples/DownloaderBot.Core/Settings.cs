using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Memory;

namespace DownloaderBot;

internal static class Settings
{
    // The platforms that the bot recognizes by an environment variable that they set.
    private static readonly string[] Hosts = ["RENDER", "RENDER_EXTERNAL_URL"];

    /// <summary>Whether a setting is set and not empty: people unset a variable by making it empty.</summary>
    public static bool IsSet(this IConfiguration configuration, string name) => !string.IsNullOrEmpty(configuration[name]);

    /// <summary>The variable by which a deployed bot is recognized; <see langword="null"/> on a private machine.</summary>
    public static string? HostVariable(this IConfiguration configuration) => Hosts.FirstOrDefault(configuration.IsSet);

    /// <summary>Adds settings that override the file and are overridden by the environment and the command line.</summary>
    public static void AddBelowEnvironment(
        this ConfigurationManager configuration, IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var sources = configuration.Sources;
        var environment = sources.OfType<EnvironmentVariablesConfigurationSource>().Last();
        sources.Insert(sources.IndexOf(environment), new MemoryConfigurationSource { InitialData = settings });
    }
}
