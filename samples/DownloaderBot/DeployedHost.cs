namespace DownloaderBot;

/// <summary>The platforms that the bot knows by a variable that they set.</summary>
internal static class DeployedHost
{
    private static readonly string[] Variables = ["RENDER", "RENDER_EXTERNAL_URL"];

    /// <summary>The variable that says so, or null on a machine of one's own.</summary>
    public static string? VariableIn(IConfiguration configuration) => Variables.FirstOrDefault(configuration.IsSet);
}
