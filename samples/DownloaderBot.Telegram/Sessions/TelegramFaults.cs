using DownloaderBot.Sessions;
using TL;

namespace DownloaderBot.Telegram.Sessions;

/// <summary>Translates the library's exceptions.</summary>
internal static class TelegramFaults
{
    private const int Migrate = 303;
    private const int Flood = 420;

    /// <summary>
    /// The transport's error if it does not know the key of a session. A third party on the network may send it too, and a test server sends it
    /// for sessions of other servers, so nothing is deleted because of it.
    /// </summary>
    private const string KeyUnknown = "Auth key not found";

    private static readonly string[] Over =
    [
        KeyUnknown, "AUTH_KEY_UNREGISTERED", "AUTH_KEY_INVALID", "AUTH_KEY_DUPLICATED", "SESSION_REVOKED", "SESSION_EXPIRED",
        "USER_DEACTIVATED", "USER_DEACTIVATED_BAN",
    ];

    /// <summary>Errors of the transport, not of the API; the library uses the same type for both.</summary>
    private static readonly string[] Transport = ["Transport flood", "Invalid DC"];

    /// <summary>
    /// Keeps an error answer unchanged, except for errors that any call may get. Everything else is a lost connection: the library throws its
    /// latest error, a <see cref="TaskCanceledException"/> as often as an <see cref="IOException"/>.
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
