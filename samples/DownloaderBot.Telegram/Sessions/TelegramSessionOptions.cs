using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace DownloaderBot.Telegram.Sessions;

/// <summary>
/// The settings for users' sessions on Telegram. They are environment variables because most of them are secret, and for the same reason there is
/// no text form.
/// </summary>
internal sealed partial class TelegramSessionOptions
{
    public const string ApiIdName = "TELEGRAM_API_ID";
    public const string ApiHashName = "TELEGRAM_API_HASH";
    public const string SessionKeyName = "TELEGRAM_SESSION_KEY";
    public const string ServerAddressName = "TELEGRAM_SERVER_ADDRESS";
    public const string PublicKeyName = "TELEGRAM_PUBLIC_KEY";

    /// <summary>Length of a session key, in bytes.</summary>
    public const int SessionKeyBytes = 32;

    // Always set: a debug build of the library would use a test server.
    private const string Production = "2>149.154.167.50:443";

    public required int ApiId { get; init; }

    public required string ApiHash { get; init; }

    /// <summary>The key that encrypts session files; without it they are useless.</summary>
    public required byte[] SessionKey { get; init; }

    /// <summary>The number of a data center and its address: <c>2>149.154.167.50:443</c>.</summary>
    public string ServerAddress { get; init; } = Production;

    /// <summary>The RSA key of that server, in PEM form. If it is set, the library accepts no other key, including Telegram's.</summary>
    public string? PublicKey { get; init; }

    /// <exception cref="OptionsValidationException">A setting is missing or malformed; one sentence names all of them.</exception>
    public static TelegramSessionOptions Read(IConfiguration configuration)
    {
        var faults = new List<string>();
        var id = Take(ApiIdName, ParseId, "a number, from https://my.telegram.org");
        var hash = Take(ApiHashName, text => ApiHashPattern().IsMatch(text) ? text : null, "32 hexadecimal digits, from https://my.telegram.org");
        var key = Take(SessionKeyName, ParseKey, "32 random bytes in base64, as printed by: openssl rand -base64 32");
        var server = Take(ServerAddressName, ParseServer, "a data centre and its address, such as 2>149.154.167.50:443", Production);
        var publicKey = Take(PublicKeyName, ParsePublicKey, "an RSA public key in PEM form", string.Empty);
        return faults.Count == 0
            ? new()
            {
                ApiId = id!.Value,
                ApiHash = hash!,
                SessionKey = key!,
                ServerAddress = server!,
                PublicKey = publicKey!.Length == 0 ? null : publicKey,
            }
            : throw new OptionsValidationException(
                "Telegram", typeof(TelegramSessionOptions), [$"To let users log in to Telegram, set {string.Join("; ", faults)}."]);

        T? Take<T>(string name, Func<string, T?> parse, string wanted, T? otherwise = default)
        {
            var text = configuration[name]?.Trim() ?? string.Empty;
            if (text.Length == 0 && otherwise is not null)
            {
                return otherwise;
            }

            var value = text.Length == 0 ? default : parse(text);
            if (value is null)
            {
                faults.Add($"{name} ({(text.Length == 0 ? "missing" : "malformed")}: {wanted})");
            }

            return value;
        }
    }

    private static int? ParseId(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? id : null;

    private static byte[]? ParseKey(string text)
    {
        var key = new byte[SessionKeyBytes];
        return text.Length == 44 && Convert.TryFromBase64String(text, key, out var length) && length == SessionKeyBytes ? key : null;
    }

    private static string? ParseServer(string text) =>
        text.Length > 2 && text[0] is > '0' and <= '9' && text[1] == '>' && IPEndPoint.TryParse(text.AsSpan(2), out var address) && address.Port > 0
            ? text
            : null;

    private static string? ParsePublicKey(string text)
    {
        try
        {
            using var rsa = RSA.Create();
            rsa.ImportFromPem(text);
            return text;
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            // Not a key, or not readable.
            return null;
        }
    }

    [GeneratedRegex(@"^[0-9a-fA-F]{32}\z")]
    private static partial Regex ApiHashPattern();
}
