using Microsoft.Extensions.Options;

namespace DownloaderBot;

/// <summary>
/// Chooses the implementation of the bot's two ports: Telegram if there is a token, otherwise the local chat. The local chat never runs on a
/// deployed bot, where anyone who reaches the machine could play any user, and never next to a real chat.
/// </summary>
internal static class PlatformChoice
{
    public const string Token = "TELEGRAM_BOT_TOKEN";

    private static readonly string[] BesideToken = ["TELEGRAM_API_ID", "TELEGRAM_API_HASH", "TELEGRAM_SESSION_KEY"];

    /// <summary>Whether the platform is Telegram. If neither is possible, throws with one sentence about what to set.</summary>
    /// <param name="configuration">The configuration with the credentials.</param>
    /// <param name="hasTelegram">Whether this build includes Telegram, users' sessions too.</param>
    public static bool IsTelegram(IConfiguration configuration, bool hasTelegram)
    {
        var fault = !hasTelegram ? FaultWithoutTelegram(configuration)
            : configuration.IsSet(Token) ? FaultWithToken(configuration)
            : FaultWithoutToken(configuration);
        return fault is null
            ? configuration.IsSet(Token)
            : throw new OptionsValidationException("Telegram", typeof(PlatformChoice), [fault]);
    }

    /// <summary>The variable that disables the local chat; <see langword="null"/> if the local chat may run.</summary>
    public static string? BarToLocalChat(IConfiguration configuration) =>
        configuration.IsSet(Token) ? Token : configuration.HostVariable();

    private static string? FaultWithoutTelegram(IConfiguration configuration)
    {
        string[] given = [.. BesideToken.Prepend(Token).Where(configuration.IsSet)];
        return (given, configuration.HostVariable()) switch
        {
            ([], null) => null,
            ([], var host) => $"{FaultOf(host)}, and build with -p:TelegramSessions=true.",
            (_, null) => $"{FaultOf(given)}, or unset {(given.Length == 1 ? "it" : "them")} to use the local chat.",
            _ => $"{FaultOf(given)}.",
        };
    }

    private static string? FaultWithToken(IConfiguration configuration)
    {
        string[] missing = [.. BesideToken.Where(name => !configuration.IsSet(name))];
        return missing.Length == 0 ? null
            : $"{Token} is set, but {Are(missing, "not")}: set {(missing.Length == 1 ? "it" : "them")} too, or unset the token to "
                + "use the local chat.";
    }

    private static string? FaultWithoutToken(IConfiguration configuration) =>
        configuration.HostVariable() is { } host ? $"{FaultOf(host)}." : null;

    private static string FaultOf(string host) =>
        $"{host} is set, and a deployed bot has no local chat: set {Token} to the token that @BotFather gave you";

    private static string FaultOf(string[] given) =>
        $"{Are(given, "set")}, but users' sessions on Telegram are not in this build: build with -p:TelegramSessions=true";

    private static string Are(string[] names, string what) => names is [var one]
        ? $"{one} is {what}"
        : $"{string.Join(", ", names[..^1])} and {names[^1]} are {what}";
}
