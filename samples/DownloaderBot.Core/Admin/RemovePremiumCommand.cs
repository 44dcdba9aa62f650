using DownloaderBot.Commands;
using DownloaderBot.Users;

namespace DownloaderBot.Admin;

internal sealed class RemovePremiumCommand(UserDirectory users) : ICommand
{
    public string Name => "removepremium";

    public string Usage => "<user>";

    public string Summary => "end a user's premium";

    public bool ForAdmins => true;

    public async Task<string> RunAsync(CommandCall call, CancellationToken cancel)
    {
        var userId = UserId.Parse(call.Argument)
            ?? throw new BadCommandException("I need a user's number, like this: /removepremium 12345");
        await users.ChangeAsync(userId, user => user with { PremiumUntil = null }, cancel);
        return "That user is not premium.";
    }
}
