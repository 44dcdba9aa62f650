using System.Diagnostics;
using System.Globalization;
using DownloaderBot.Telegram.Sessions;
using DownloaderBot.Tests.Support;
using DownloaderBot.Tests.Telegram.Sessions.StandIn;

namespace DownloaderBot.Tests.Telegram.Sessions;

public sealed class SessionSurvivalTests : IDisposable
{
    private const int Rounds = 8;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Killed_at_any_moment_a_session_is_the_one_written_last_and_whole()
    {
        var random = new Random(4);
        for (var round = 0; round < Rounds; round++)
        {
            var acknowledged = await WriteUntilKilledAsync(linesBefore: random.Next(1, 60), spins: random.Next(20_000));

            var vault = new SessionVault(new(), new TestEnvironment(_folder.Path), new(new()
            {
                ApiId = 1,
                ApiHash = StandInOptions.ApiHash,
                SessionKey = StandInOptions.SessionKey,
            }));
            vault.Open();
            var session = vault.Read(1)!;

            // That, or the next, where it was killed between the write and saying so.
            var number = BitConverter.ToInt32(session);
            number.Should().BeInRange(acknowledged, acknowledged + 1);
            session.Should().Equal(ChildProgram.SessionOf(number));
        }
    }

    /// <summary>Kills the child some way into its writing; returns the last number that it had said it wrote.</summary>
    private async Task<int> WriteUntilKilledAsync(int linesBefore, int spins)
    {
        using var child = Process.Start(new ProcessStartInfo(
            "dotnet", ["exec", typeof(ChildProgram).Assembly.Location, ChildProgram.KeepSessions, _folder.Path])
        {
            RedirectStandardOutput = true,
        })!;
        var last = string.Empty;
        try
        {
            for (var i = 0; i < linesBefore; i++)
            {
                last = (await child.StandardOutput.ReadLineAsync(TestTime.Limit))!;
            }

            Thread.SpinWait(spins);
        }
        finally
        {
            child.Kill();
        }

        // What it said before it died and nobody had read counts as well; a line cut in two does not.
        var rest = await child.StandardOutput.ReadToEndAsync(TestTime.Limit);
        await child.WaitForExitAsync(TestTime.Limit);
        var lines = rest[..(rest.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return int.Parse(lines.LastOrDefault() ?? last, CultureInfo.InvariantCulture);
    }
}
