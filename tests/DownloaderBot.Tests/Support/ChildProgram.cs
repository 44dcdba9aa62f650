using DownloaderBot.Storage;
using DownloaderBot.Users;

namespace DownloaderBot.Tests.Support;

/// <summary>
/// What the test assembly does when it is run as a program: saves users without end and says so after each, until it is
/// killed. <c>SurvivalTests</c> kills it.
/// </summary>
internal static partial class ChildProgram
{
    public static async Task<int> Main(string[] args)
    {
        Task<int>? telegram = null;
        TryRunTelegram(args, ref telegram);
        if (telegram is not null)
        {
            return await telegram;
        }

        if (args is not [var folder, var first])
        {
            return 1;
        }

        using var database = new Database(folder);
        var store = new SqliteUserStore(database);
        for (var id = long.Parse(first, null); ; id++)
        {
            await store.SaveAsync(new(id) { IsLoggedIn = true, PremiumUntil = PremiumOf(id) }, default);
            Console.WriteLine(id);
        }
    }

    public static DateTimeOffset PremiumOf(long id) => DateTimeOffset.UnixEpoch.AddSeconds(id);

    /// <summary>What it does of Telegram, in a build that has it.</summary>
    static partial void TryRunTelegram(string[] args, ref Task<int>? run);
}
