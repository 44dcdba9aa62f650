namespace DownloaderBot.Demo;

/// <summary>Small limits, so that few users reach them; the environment and the command line override them.</summary>
internal static class DemoSettings
{
    private static readonly Dictionary<string, string?> Settings = new()
    {
        ["Bot:MaxSessions"] = "3",
        ["Bot:MaxConcurrent"] = "3",
        ["Bot:MaxQueue"] = "2",
        ["Local:BytesPerSecond"] = "12MB",
    };

    public static void AddTo(ConfigurationManager configuration) => configuration.AddBelowEnvironment(Settings);
}
