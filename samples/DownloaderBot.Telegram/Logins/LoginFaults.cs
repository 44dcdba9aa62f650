using DownloaderBot.Sessions;
using DownloaderBot.Telegram.Sessions;
using TL;

namespace DownloaderBot.Telegram.Logins;

/// <summary>Translates Telegram's errors for a user who is logging in.</summary>
internal static class LoginFaults
{
    public static bool IsWrongAnswer(RpcException exception) =>
        exception.Message is "PHONE_CODE_INVALID" or "PHONE_CODE_EMPTY" or "CODE_INVALID" or "PASSWORD_HASH_INVALID";

    public static bool IsPasswordNeeded(RpcException exception) => exception.Message == "SESSION_PASSWORD_NEEDED";

    public static LoginRefusedException NoAccount() => new(
        "That number has no Telegram account. Is it right, with the country code? If it is, sign up with a Telegram app first.");

    public static LoginRefusedException Explain(RpcException exception, ILogger logger)
    {
        switch (exception.Message)
        {
            case "PHONE_CODE_EXPIRED" or "EMAIL_VERIFY_EXPIRED":
                return new(
                    "That code is no longer valid: it is too old, or it was sent in one piece, which makes Telegram cancel it. "
                    + "Start again with /login, and type the next one with spaces: /verify 1 2 3 4 5");
            case "PHONE_NUMBER_INVALID":
                return new("Telegram does not take that for a phone number. Start again with /login and the number with its country code.");
            case "PHONE_NUMBER_BANNED":
                return new("Telegram has banned that number. Only Telegram can change that: recover@telegram.org");
            case "PHONE_NUMBER_UNOCCUPIED":
                return NoAccount();
            case "PHONE_NUMBER_FLOOD" or "PHONE_PASSWORD_FLOOD" or "SEND_CODE_UNAVAILABLE":
                return new("Telegram has seen too many logins of that number. Please try /login again tomorrow.");
            case "API_ID_INVALID" or "API_ID_PUBLISHED_FLOOD":
                logger.BadApiId(exception.Message);
                return new("Telegram does not let me log anybody in just now; my administrator has to see to that.");
            default:
                return new($"Telegram refuses the login ({exception.Message}). Please start again with /login.", exception);
        }
    }
}
