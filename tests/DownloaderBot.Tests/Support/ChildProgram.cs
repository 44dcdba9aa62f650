using DownloaderBot.Storage;
using DownloaderBot.Users;

namespace DownloaderBot.Tests.Support;

/// <summary>
/// What the test assembly does when it is run as a program: saves users without end and says so after each, until it is
/// killed. <c>SurvivalTests</c> kills it.
/// </summary>
internal static class ChildProgram
{
    public static async Task<int> Main(string[] args)
    {
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
}
