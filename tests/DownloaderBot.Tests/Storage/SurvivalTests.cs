using System.Diagnostics;
using System.Globalization;
using DownloaderBot.Storage;
using DownloaderBot.Tests.Support;
using DownloaderBot.Users;

namespace DownloaderBot.Tests.Storage;

public sealed class SurvivalTests : IDisposable
{
    private const int Rounds = 12;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Killed_at_any_moment_the_database_opens_again_with_all_that_was_acknowledged()
    {
        var random = new Random(4);
        var acknowledged = new List<long>();
        for (var round = 0; round < Rounds; round++)
        {
            acknowledged.AddRange(await WriteUntilKilledAsync(round * 1_000_000L + 1, linesBefore: random.Next(1, 200), spins: random.Next(20_000)));

            using var database = new Database(_folder.Path);
            var store = new SqliteUserStore(database);
            foreach (var id in acknowledged)
            {
                (await store.FindAsync(id, default)).Should().Be(
                    new UserRecord(id) { IsLoggedIn = true, PremiumUntil = ChildProgram.PremiumOf(id) });
            }
        }

        acknowledged.Should().HaveCountGreaterThan(Rounds * 50);
    }

    /// <summary>Kills the child some way into its writing; returns the users that it had said it saved.</summary>
    private async Task<List<long>> WriteUntilKilledAsync(long first, int linesBefore, int spins)
    {
        using var child = Process.Start(new ProcessStartInfo(
            "dotnet",
            ["exec", typeof(ChildProgram).Assembly.Location, _folder.Path, first.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
        })!;
        var acknowledged = new List<long>();
        try
        {
            for (var i = 0; i < linesBefore; i++)
            {
                acknowledged.Add(long.Parse((await child.StandardOutput.ReadLineAsync(TestTime.Limit))!, null));
            }

            // Somewhere between two lines, not always right after one.
            Thread.SpinWait(spins);
        }
        finally
        {
            // SIGKILL: nothing is flushed, closed or checkpointed.
            child.Kill();
        }

        // What it said before it died and nobody had read counts as well; a line cut in two does not.
        var rest = await child.StandardOutput.ReadToEndAsync(TestTime.Limit);
        await child.WaitForExitAsync(TestTime.Limit);
        acknowledged.AddRange(rest[..(rest.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => long.Parse(line, null)));
        return acknowledged;
    }
}
