using DownloaderBot.Storage;
using DownloaderBot.Users;

namespace DownloaderBot.Tests.Support;

/// <summary>
/// What the test assembly does when it is run as a program: it is the bot, or it saves users without end and says so after
/// each, until it is killed. <c>SurvivalTests</c> kills it.
/// </summary>
internal static partial class ChildProgram
{
    /// <summary>The first argument that makes it the bot, with a chat of this build and the local platform's sessions.</summary>
    public const string BotWithLocalSessions = "bot-with-local-sessions";

    public static async Task<int> Main(string[] args)
    {
        if (args is [BotWithLocalSessions, .. var settings])
        {
            return await Program.RunAsync(settings, telegram: LocalSessions.BesideTelegram);
        }

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
