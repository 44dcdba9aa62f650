using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace DownloaderBot.Telegram.Chat;

/// <summary>The server and the token of the bot's chat. A class, not a record, because a record's text form would show the token.</summary>
internal sealed partial class TelegramChatOptions
{
    public const string ServerName = "TELEGRAM_BOT_API";
    public const string TestName = "TELEGRAM_TEST_ENVIRONMENT";

    private TelegramChatOptions(string token, string? server, bool isTest) => (Token, Server, IsTest) = (token, server, isTest);

    /// <summary>The bot's number and its secret, as @BotFather provides them.</summary>
    public string Token { get; }

    /// <summary>Address of a self-hosted Bot API server; <see langword="null"/> for Telegram's.</summary>
    public string? Server { get; }

    /// <summary>Whether the bot is one of Telegram's test environment, which is separate from the real one.</summary>
    public bool IsTest { get; }

    /// <summary>Maximum size of a file, in bytes: 50 MB on Telegram's server, 2000 MB on a self-hosted one.</summary>
    public long MaxFileBytes => (Server is null ? 50L : 2000L) << 20;

    /// <summary>
    /// Reads and checks the settings; throws with one sentence per fault. The sentences contain no values because each may be the token in the
    /// wrong place.
    /// </summary>
    public static TelegramChatOptions Read(IConfiguration configuration)
    {
        var (token, server, test) = (configuration[PlatformChoice.Token] ?? string.Empty, configuration[ServerName], configuration[TestName]);
        var isTest = false;
        var isSwitch = string.IsNullOrEmpty(test) || bool.TryParse(test, out isTest);
        var options = new TelegramChatOptions(token, string.IsNullOrEmpty(server) ? null : server, isTest);
        var faults = options.Faults().ToList();
        if (!isSwitch)
        {
            faults.Add($"{TestName} is neither true nor false; leave it out unless the bot is one of Telegram's test environment.");
        }

        return faults.Count == 0 ? options : throw new OptionsValidationException("Telegram", typeof(TelegramChatOptions), faults);
    }

    private IEnumerable<string> Faults()
    {
        if (!TokenForm().IsMatch(Token))
        {
            yield return $"{PlatformChoice.Token} is no bot token; it must be as @BotFather gave it: digits, a colon, letters and digits.";
        }

        if (Server is not null && !IsServer(Server))
        {
            yield return $"{ServerName} is no server's address; it must be one without a path, such as \"http://localhost:8081\".";
        }
    }

    private static bool IsServer(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && uri is { PathAndQuery: "/", Fragment: "", UserInfo: "" };

    [GeneratedRegex("^[1-9][0-9]{0,15}:[A-Za-z0-9_-]+\\z", RegexOptions.CultureInvariant)]
    private static partial Regex TokenForm();
}
