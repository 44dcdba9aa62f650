using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Memory;

namespace DownloaderBot.Demo;

/// <summary>Small limits, so that few users are enough to reach them; the environment and the command line override.</summary>
internal static class DemoSettings
{
    private static readonly Dictionary<string, string?> Settings = new()
    {
        ["Bot:MaxSessions"] = "3",
        ["Bot:MaxConcurrent"] = "3",
        ["Bot:MaxQueue"] = "2",
        ["Local:BytesPerSecond"] = "12MB",
    };

    public static void AddTo(ConfigurationManager configuration)
    {
        var sources = configuration.Sources;
        var environment = sources.OfType<EnvironmentVariablesConfigurationSource>().Last();
        sources.Insert(sources.IndexOf(environment), new MemoryConfigurationSource { InitialData = Settings });
    }
}
