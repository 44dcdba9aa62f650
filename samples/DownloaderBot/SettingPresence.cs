namespace DownloaderBot;

internal static class SettingPresence
{
    /// <summary>Set, and to something: an empty variable is how people unset one.</summary>
    public static bool IsSet(this IConfiguration configuration, string name) => !string.IsNullOrEmpty(configuration[name]);
}
