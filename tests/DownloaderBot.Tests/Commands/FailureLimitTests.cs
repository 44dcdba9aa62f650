using DownloaderBot.Tests.Support;

namespace DownloaderBot.Tests.Commands;

public sealed class FailureLimitTests
{
    [Fact]
    public async Task Who_spams_unknown_commands_is_told_once_and_does_not_flush_the_journal()
    {
        await using var bot = await RunningBot.StartAsync(["--Bot:FailureBurst=3", "--Bot:FailureInterval=01:00:00"]);
        bot.Watch.Mark("Something worth keeping");
        var (spammer, other) = (bot.User(1), bot.User(9));

        for (var i = 0; i < 300; i++)
        {
            await spammer.TypeAsync($"/nonsense{i}", TestTime.Limit);
            if (i % 5 == 4)
            {
                // Answered after those before it: a user's messages keep their order.
                await spammer.TypeAsync("/queue", TestTime.Limit);
                await spammer.HearAsync("You have no download", TestTime.Limit);
            }
        }

        var replies = spammer.Conversation.Messages.Select(m => m.Text).ToList();
        replies.Count(text => text.StartsWith("You have no download")).Should().Be(60);
        replies.RemoveAll(text => text.StartsWith("You have no download"));
        replies.Should().HaveCount(4);
        replies[..3].Should().OnlyContain(text => text.StartsWith("I do not know that command."));
        replies[3].Should().Contain("for a while");
        bot.Watch.RecentEntries.Should().Contain(e => e.Title == "Something worth keeping");
        bot.Ended.Should().HaveCount(3);
        (await other.AskAsync("/nonsense", TestTime.Limit)).Should().StartWith("I do not know that command.");
    }

    [Fact]
    public async Task Commands_that_fail_for_what_follows_them_count_as_well()
    {
        await using var bot = await RunningBot.StartAsync(["--Bot:FailureBurst=1", "--Bot:FailureInterval=01:00:00"]);
        var user = await bot.LoggedInAsync(1);

        (await user.AskAsync("/dl nonsense", TestTime.Limit)).Should().Contain("https://t.me/channel/123");
        (await user.AskAsync("/dl nonsense", TestTime.Limit)).Should().Contain("for a while");

        bot.Ended.Should().ContainSingle();
    }

    [Fact]
    public async Task After_a_rest_it_is_answered_again()
    {
        await using var bot = await RunningBot.StartAsync(["--Bot:FailureBurst=1", "--Bot:FailureInterval=00:00:01"]);
        var user = bot.User(1);
        await user.AskAsync("/nonsense", TestTime.Limit);
        await user.AskAsync("/nonsense", TestTime.Limit);

        var limit = TestTime.Limit;
        while (bot.Ended.Count() < 2)
        {
            limit.ThrowIfCancellationRequested();
            await user.TypeAsync("/nonsense", limit);
            await user.TypeAsync("/queue", limit);
            await user.HearAsync("You have no download", limit);
        }

        user.Conversation.Messages.Should().Contain(m => m.Text.StartsWith("I do not know that command."));
    }
}
