namespace DownloaderBot;

/// <summary>The platforms that the bot recognizes by an environment variable that they set.</summary>
internal static class DeployedHost
{
    private static readonly string[] Variables = ["RENDER", "RENDER_EXTERNAL_URL"];

    /// <summary>The variable that is set; <see langword="null"/> on a private machine.</summary>
    public static string? VariableIn(IConfiguration configuration) => Variables.FirstOrDefault(configuration.IsSet);
}
