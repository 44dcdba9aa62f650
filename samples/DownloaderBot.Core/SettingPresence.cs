namespace DownloaderBot;

internal static class SettingPresence
{
    /// <summary>Whether a setting is set and not empty: people unset a variable by making it empty.</summary>
    public static bool IsSet(this IConfiguration configuration, string name) => !string.IsNullOrEmpty(configuration[name]);
}
