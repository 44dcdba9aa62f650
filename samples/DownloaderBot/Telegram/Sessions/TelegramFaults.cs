using DownloaderBot.Sessions;
using TL;

namespace DownloaderBot.Telegram.Sessions;

/// <summary>What it means when the library throws.</summary>
internal static class TelegramFaults
{
    private const int Migrate = 303;
    private const int Flood = 420;

    /// <summary>
    /// What the transport says where it does not know the key of a session. Someone in between may say so too, and a server for
    /// tests says it of sessions that are not its own; so nothing is deleted for it.
    /// </summary>
    private const string KeyUnknown = "Auth key not found";

    private static readonly string[] Over =
    [
        KeyUnknown, "AUTH_KEY_UNREGISTERED", "AUTH_KEY_INVALID", "AUTH_KEY_DUPLICATED", "SESSION_REVOKED", "SESSION_EXPIRED",
        "USER_DEACTIVATED", "USER_DEACTIVATED_BAN",
    ];

    /// <summary>Of the transport, not of the API; the library gives both the same type.</summary>
    private static readonly string[] Transport = ["Transport flood", "Invalid DC"];

    /// <summary>
    /// An answer that is an error stays what it is, save those that any call may get; all else is a lost connection: the
    /// library throws whatever came up last, a <see cref="TaskCanceledException"/> as often as an <see cref="IOException"/>.
    /// </summary>
    public static Exception Explain(Exception exception) => exception switch
    {
        SessionEndedException or ConnectionLostException => exception,
        RpcException { Code: Flood, X: > 0 } flood => new FloodWaitException(TimeSpan.FromSeconds(flood.X)),
        RpcException over when Over.Contains(over.Message) => new SessionEndedException(
            "Telegram has ended your session: you ended it on another device, or it was unused for long. Please /login again.", over),
        RpcException { Code: Migrate or (>= 400 and < 500) } answer when !Transport.Contains(answer.Message) => answer,
        _ => new ConnectionLostException(exception),
    };

    public static bool IsKeyUnknown(SessionEndedException exception) => exception.InnerException is RpcException { Message: KeyUnknown };
}
