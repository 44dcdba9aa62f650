using DownloaderBot.Sessions;
using TL;

namespace DownloaderBot.Telegram.Logins;

/// <summary>How Telegram sends a code to the user.</summary>
/// <param name="Hash">The hash that is sent back to Telegram with the code.</param>
/// <param name="IsByMail">Whether it is sent by email, which changes how it is sent back.</param>
/// <param name="CanBeTyped">
/// <see langword="false"/> for methods that only official apps can handle, and for word codes: the bot then requests the next method.
/// </param>
/// <param name="Authorization">Set if no code is needed after all.</param>
internal sealed record SentCode(string Hash, bool IsByMail, bool CanBeTyped, Auth_AuthorizationBase? Authorization = null)
{
    /// <exception cref="LoginRefusedException">The login cannot continue; the message gives the reason.</exception>
    public static SentCode Read(Auth_SentCodeBase sent) => sent switch
    {
        Auth_SentCodeSuccess success => new(string.Empty, false, true, success.authorization),
        Auth_SentCode { type: Auth_SentCodeTypeSetUpEmailRequired } => throw new LoginRefusedException(
            "Telegram wants your account to have a login email first. Set one in Telegram: Settings, Privacy and Security; then /login again."),
        Auth_SentCode { type: Auth_SentCodeTypeFirebaseSms or Auth_SentCodeTypeSmsWord or Auth_SentCodeTypeSmsPhrase } code =>
            code.flags.HasFlag(Auth_SentCode.Flags.has_next_type)
                ? new(code.phone_code_hash, false, CanBeTyped: false)
                : throw new LoginRefusedException(
                    "Telegram sends your number codes that I cannot take. Log in to Telegram on another device, then /login again: "
                    + "the code comes there."),
        Auth_SentCode code => new(code.phone_code_hash, code.type is Auth_SentCodeTypeEmailCode, CanBeTyped: true),
        _ => throw new LoginRefusedException("Telegram wants to be paid for codes to your number; log in to Telegram on another device first."),
    };

    /// <summary>Omits the hash.</summary>
    public override string ToString() => nameof(SentCode);
}
