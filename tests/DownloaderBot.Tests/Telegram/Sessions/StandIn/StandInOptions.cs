using DownloaderBot.Telegram.Sessions;

namespace DownloaderBot.Tests.Telegram.Sessions.StandIn;

/// <summary>Settings that lead to the stand-in. What is secret in them says so.</summary>
internal static class StandInOptions
{
    public const string ApiHash = "0123456789abcdef0123456789abcdef";

    public static byte[] SessionKey { get; } = [.. Enumerable.Range(100, TelegramSessionOptions.SessionKeyBytes).Select(i => (byte)i)];

    public static TelegramSessionOptions For(TelegramStandIn server, byte[]? sessionKey = null) => new()
    {
        ApiId = 12345,
        ApiHash = ApiHash,
        SessionKey = sessionKey ?? SessionKey,
        ServerAddress = server.Address,
        PublicKey = ServerKey.Instance.Pem,
    };
}
