using TL;

namespace DownloaderBot.Tests.Telegram.Sessions.StandIn;

/// <summary>The one account that the stand-in has.</summary>
internal sealed class StandInAccount
{
    public const string CodeHash = "canary-code-hash";

    public string Phone { get; set; } = "4915798765432";

    public string Code { get; set; } = "98713";

    /// <summary>Absent where a code is enough.</summary>
    public StandInPassword? Password { get; set; }

    public User User => new()
    {
        flags = User.Flags.self | User.Flags.has_phone | User.Flags.has_first_name,
        id = 4711,
        first_name = "Somebody",
        phone = Phone,
    };
}
