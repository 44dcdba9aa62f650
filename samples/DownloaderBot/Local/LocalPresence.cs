namespace DownloaderBot.Local;

/// <summary>
/// Whether the local chat may run here. Never on a deployed bot, where whoever reaches the machine could play any user,
/// and never beside a real chat.
/// </summary>
internal static class LocalPresence
{
    private const string Token = "TELEGRAM_BOT_TOKEN";

    private static readonly string[] Deployed = ["RENDER", "RENDER_EXTERNAL_URL"];

    /// <summary>Why the local chat stays off, as a sentence that says what to set; null where it may run.</summary>
    public static string? ReasonAgainst(IConfiguration configuration)
    {
        if (IsSet(configuration, Token))
        {
            return $"{Token} is set, so the local chat is off, and this build has no Telegram chat; "
                + $"unset it to try the bot on the local chat. Until then only /health is served";
        }

        return Deployed.FirstOrDefault(name => IsSet(configuration, name)) is { } host
            ? $"{host} is set, so the local chat is off, and there are no Telegram credentials: set {Token}. "
                + "Until then only /health is served"
            : null;
    }

    private static bool IsSet(IConfiguration configuration, string name) => !string.IsNullOrEmpty(configuration[name]);
}
