using System.Net;
using TL;
using TL.Methods;
using static DownloaderBot.Tests.Telegram.Sessions.StandIn.StandInPosts;

namespace DownloaderBot.Tests.Telegram.Sessions.StandIn;

/// <summary>What the server does about each call when all goes well.</summary>
internal sealed class StandInApi(TelegramStandIn server)
{
    public Answer Answer(IObject method, StandInConnection connection) => method switch
    {
        Help_GetConfig => StandIn.Answer.Of(Configuration(connection)),
        Auth_SendCode or Auth_ResendCode => StandIn.Answer.Of(SendCode(new Auth_SentCodeTypeApp { length = 5 })),
        Auth_SignIn attempt => SignIn(attempt, connection),
        Account_GetPassword => StandIn.Answer.Of(server.Account.Password!.Describe()),
        Auth_CheckPassword attempt => CheckPassword(attempt, connection),
        Auth_CancelCode => StandIn.Answer.Of(true),
        Auth_ImportAuthorization => LogIn(connection),

        // Also where nobody is logged in; a client that answers a revoked session by a new login begins with it.
        Auth_LogOut => LogOut(connection),
        _ when connection.Key.Account is null => StandIn.Answer.Error(401, "AUTH_KEY_UNREGISTERED"),
        Users_GetUsers => StandIn.Answer.OfMany(server.Account.User),
        Auth_ExportAuthorization => StandIn.Answer.Of(new Auth_ExportedAuthorization { id = server.Account.User.id, bytes = [1, 2, 3, 4] }),
        Contacts_ResolveUsername asked => server.Posts.Resolve(asked.username),
        Messages_GetDialogs asked => StandIn.Answer.Zipped(server.Posts.Dialogs(asked)),
        Channels_GetMessages asked => server.Posts.Messages(asked),
        Upload_GetFile asked => server.Posts.Part(asked, connection.DataCentre),
        _ => throw new NotSupportedException($"The stand-in knows no {method.GetType().Name}"),
    };

    /// <summary>A code is on its way, in this manner.</summary>
    public static Auth_SentCode SendCode(Auth_SentCodeType type) => new() { type = type, phone_code_hash = StandInAccount.CodeHash };

    private Config Configuration(StandInConnection connection) => new()
    {
        date = TimeProvider.System.GetUtcNow().UtcDateTime,
        expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(1),
        this_dc = Math.Max(Math.Abs(connection.DataCentre), MainDataCentre),
        dc_options = [Option(MainDataCentre), Option(OtherDataCentre)],
        dc_txt_domain_name = string.Empty,
        me_url_prefix = "https://t.me/",
    };

    private DcOption Option(int id) => new() { id = id, ip_address = $"{IPAddress.Loopback}", port = server.Port };

    private Answer SignIn(Auth_SignIn attempt, StandInConnection connection)
    {
        if (attempt.phone_code_hash != StandInAccount.CodeHash || attempt.phone_code != server.Account.Code)
        {
            return StandIn.Answer.Error(400, "PHONE_CODE_INVALID");
        }

        return server.Account.Password is null ? LogIn(connection) : StandIn.Answer.Error(401, "SESSION_PASSWORD_NEEDED");
    }

    private Answer CheckPassword(Auth_CheckPassword attempt, StandInConnection connection) =>
        attempt.password is InputCheckPasswordSRP proof && server.Account.Password!.Fits(proof)
            ? LogIn(connection)
            : StandIn.Answer.Error(400, "PASSWORD_HASH_INVALID");

    private Answer LogIn(StandInConnection connection)
    {
        connection.Key.Account = server.Account;
        return StandIn.Answer.Of(new Auth_Authorization { user = server.Account.User });
    }

    private static Answer LogOut(StandInConnection connection)
    {
        connection.Key.Account = null;
        return StandIn.Answer.Of(new Auth_LoggedOut());
    }
}
