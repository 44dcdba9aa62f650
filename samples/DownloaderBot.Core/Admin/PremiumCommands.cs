using System.Globalization;
using DownloaderBot.Commands;
using DownloaderBot.Users;

namespace DownloaderBot.Admin;

internal sealed class SetPremiumCommand(UserDirectory users, TimeProvider time)
    : Command("setpremium", "serve a user before others, from today on", "<user> <days>", forAdmins: true)
{
    private const int MostDays = 3650;

    public override async Task<string> RunAsync(CommandCall call, CancellationToken cancel)
    {
        var words = call.Argument.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length != 2 || UserId.Parse(words[0]) is not { } userId
            || !int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var days) || days is < 1 or > MostDays)
        {
            throw new BadCommandException($"I need a user's number and 1 to {MostDays} days, like this: /setpremium 12345 30");
        }

        var until = time.GetUtcNow().AddDays(days);
        await users.ChangeAsync(userId, user => user with { PremiumUntil = until }, cancel);
        return string.Create(CultureInfo.InvariantCulture, $"That user is premium until {until:yyyy-MM-dd HH:mm} UTC.");
    }
}

internal sealed class RemovePremiumCommand(UserDirectory users)
    : Command("removepremium", "end a user's premium", "<user>", forAdmins: true)
{
    public override async Task<string> RunAsync(CommandCall call, CancellationToken cancel)
    {
        var userId = UserId.Parse(call.Argument)
            ?? throw new BadCommandException("I need a user's number, like this: /removepremium 12345");
        await users.ChangeAsync(userId, user => user with { PremiumUntil = null }, cancel);
        return "That user is not premium.";
    }
}
