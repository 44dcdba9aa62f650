using DownloaderBot.Tests.Support;
using DownloaderBot.Watching;
using MemoryWatch;

namespace DownloaderBot.Tests.Watching;

/// <summary>What admins are told of the run before this one.</summary>
public sealed class PreviousRunTests
{
    [Fact]
    public async Task After_a_kill_every_admin_is_told_and_memory_shows_it()
    {
        using var data = new TempFolder();
        using (var killed = new BotProcess("--no-demo", "--urls", "http://127.0.0.1:0", $"--Bot:DataFolder={data.Path}"))
        {
            await killed.OutputToAsync("Listening on");
        }

        await using var bot = await RunningBot.StartAsync(["--Bot:AdminIds=7,9", $"--Bot:DataFolder={data.Path}"]);

        foreach (var admin in new[] { bot.User(7), bot.User(9) })
        {
            (await admin.HearAsync("PREVIOUS RUN", TestTime.Limit)).Text.Should()
                .StartWith("❔ PREVIOUS RUN: ended abruptly, no exit recorded\n├─ Last seen: ").And.Contain("📊 MEMORY SNAPSHOT | Operation: Last Seen");
        }

        (await bot.User(7).AskAsync("/memory", TestTime.Limit)).Should()
            .StartWith("📊 MEMORY SNAPSHOT").And.Contain("\n\n❔ PREVIOUS RUN: ended abruptly, no exit recorded\n");
        (await bot.ReadLogAsync()).Should().Contain("WRN ❔ PREVIOUS RUN: ended abruptly, no exit recorded");
    }

    [Fact]
    public async Task After_a_stop_nobody_is_told_and_memory_shows_it_in_one_line()
    {
        using var data = new TempFolder();
        await using (var first = await RunningBot.StartAsync([$"--Bot:DataFolder={data.Path}"]))
        {
            await first.StopAsync();
        }

        await using var bot = await RunningBot.StartAsync(["--Bot:AdminIds=7", $"--Bot:DataFolder={data.Path}"]);

        (await bot.User(7).AskAsync("/memory", TestTime.Limit)).Should().MatchRegex(@"\n\n✅ PREVIOUS RUN: stopped \| Last seen: [^\n]+$");
        bot.User(7).Conversation.Messages.Should().ContainSingle();
    }

    [Fact]
    public void The_message_fits_into_a_chat_and_leaves_out_what_had_been_before()
    {
        var run = new PreviousRun
        {
            Verdict = RunVerdict.LikelyKilled,
            InFlight = [.. Enumerable.Range(1, 20).Select(i => new OperationInFlight { OperationId = i, Name = "Download", Context = new string('c', 256) })],
            RecentEntries = [new() { Name = "Session Created" }],
        };

        var message = PreviousRunMessage.Of(run);

        message.Length.Should().BeInRange(2000, 3002);
        message.Should().StartWith("💀 PREVIOUS RUN: OOM-killed by the kernel (likely)\n").And.EndWith("\n…").And.NotContain("📜");
        message.Split('\n')[^2].Should().EndWith("n/a", "a line is whole or left out");
    }
}
