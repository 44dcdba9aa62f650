using DownloaderBot.Tests.Support;

namespace DownloaderBot.Tests.Downloads;

public sealed class BatchTests
{
    [Fact]
    public async Task Each_post_arrives_in_order_and_a_summary_ends_it()
    {
        await using var bot = await RunningBot.StartAsync();
        var user = await bot.LoggedInAsync(1);

        (await user.AskAsync("/bdl https://t.me/demo/1 https://t.me/demo/3", TestTime.Limit)).Should().Contain("batch of 3");
        (await user.HearAsync("Batch", TestTime.Limit)).Text.Should().Contain("batch of 3");
        var summary = await user.HearAsync("Batch finished", TestTime.Limit);

        summary.Text.Should().Be("Batch finished: 3 of 3 delivered.");
        user.Conversation.Messages.Where(m => m.File != null).Select(m => m.File!.Name)
            .Should().Equal("demo-1.bin", "demo-2.bin", "demo-3.bin");
        await bot.ShouldBeCleanAsync(user);
    }

    [Fact]
    public async Task What_fails_is_in_the_summary_with_its_reason_and_the_rest_goes_on()
    {
        await using var bot = await RunningBot.StartAsync();
        var user = await bot.LoggedInAsync(1);

        await user.TypeAsync("/bdl https://t.me/short/1 https://t.me/short/2", TestTime.Limit);
        var summary = await user.HearAsync("Batch finished", TestTime.Limit);

        summary.Text.Should().Be(
            "Batch finished: 0 of 2 delivered, 2 failed:\n"
            + "https://t.me/short/1: The file should have had 1.0 MB but 0.5 MB came. Please send the link again.\n"
            + "https://t.me/short/2: The file should have had 2.0 MB but 1.0 MB came. Please send the link again.");
        await bot.ShouldBeCleanAsync(user);
    }

    [Fact]
    public async Task A_post_without_a_file_is_skipped_and_no_failure()
    {
        await using var bot = await RunningBot.StartAsync();
        var user = await bot.LoggedInAsync(1);

        await user.TypeAsync("/bdl https://t.me/text/1 https://t.me/text/2", TestTime.Limit);
        var summary = await user.HearAsync("Batch finished", TestTime.Limit);

        summary.Text.Should().Be("Batch finished: 0 of 2 delivered, 2 skipped without a file.");
        bot.Ended.Should().NotContain(entry => entry.Contains("Failed"));
        await bot.ShouldBeCleanAsync(user);
    }

    [Fact]
    public async Task Between_two_posts_of_a_batch_those_who_wait_have_their_turn()
    {
        await using var bot = await RunningBot.StartAsync(["--Bot:MaxConcurrent=1", "--Bot:MaxQueue=1"]);
        var hold = bot.HoldDownloads();
        var (batch, other) = (await bot.LoggedInAsync(1), await bot.LoggedInAsync(2));
        await batch.TypeAsync("/bdl https://t.me/demo/1 https://t.me/demo/3", TestTime.Limit);
        await hold.Reached;
        (await batch.AskAsync("/queue", TestTime.Limit)).Should().Contain("post 1 of 3");
        await other.AskAsync("/dl https://t.me/demo/5", TestTime.Limit);

        hold.Open();
        await batch.HearAsync("Batch finished", TestTime.Limit);
        await bot.ShouldBeCleanAsync(batch, other);

        bot.Ended.Where(e => e.StartsWith("Upload", StringComparison.Ordinal)).Should().Equal(
            "Upload Completed | User 1 | File size: 1.0 MB",
            "Upload Completed | User 2 | File size: 5.0 MB",
            "Upload Completed | User 1 | File size: 2.0 MB",
            "Upload Completed | User 1 | File size: 3.0 MB");
    }

    [Fact]
    public async Task Cancelling_ends_all_of_it()
    {
        await using var bot = await RunningBot.StartAsync();
        var hold = bot.HoldDownloads();
        var user = await bot.LoggedInAsync(1);
        await user.TypeAsync("/bdl https://t.me/demo/5 https://t.me/demo/9", TestTime.Limit);
        await hold.Reached;

        await user.TypeAsync("/canceldownload", TestTime.Limit);
        await user.HearAsync("Your download is cancelled.", TestTime.Limit);

        user.Conversation.Messages.Should().Contain(m => m.Text == "Batch cancelled: 0 of 5 delivered.");
        bot.Ended.Should().Equal("Download Cancelled | User 1 | File size: 5.0 MB");
        await bot.ShouldBeCleanAsync(user);
    }

    [Fact]
    public async Task One_that_waits_can_be_cancelled_too()
    {
        await using var bot = await RunningBot.StartAsync(["--Bot:MaxConcurrent=1"]);
        var hold = bot.HoldDownloads();
        var (first, batch) = (await bot.LoggedInAsync(1), await bot.LoggedInAsync(2));
        await first.TypeAsync("/dl https://t.me/demo/1", TestTime.Limit);
        await hold.Reached;
        (await batch.AskAsync("/bdl https://t.me/demo/5 https://t.me/demo/9", TestTime.Limit)).Should().Contain("number 1");

        await batch.TypeAsync("/canceldownload", TestTime.Limit);

        await batch.HearAsync("Batch cancelled: 0 of 5 delivered.", TestTime.Limit);
        hold.Open();
        await bot.ShouldBeCleanAsync(first, batch);
    }

    [Theory]
    [InlineData("", "the first and the last post")]
    [InlineData("https://t.me/demo/1", "the first and the last post")]
    [InlineData("https://t.me/demo/1 nonsense", "the first and the last post")]
    [InlineData("https://t.me/demo/1 https://t.me/other/2", "one channel")]
    [InlineData("https://t.me/demo/2 https://t.me/demo/1", "earlier one first")]
    [InlineData("https://t.me/demo/1 https://t.me/demo/11", "These are 11 posts; I take 10 at a time.")]
    [InlineData("https://t.me/demo/1 https://t.me/demo/2147483647", "I take 10 at a time.")]
    public async Task A_range_that_makes_no_sense_gets_a_clear_reply(string range, string reply)
    {
        await using var bot = await RunningBot.StartAsync();
        var user = await bot.LoggedInAsync(1);

        (await user.AskAsync($"/bdl {range}", TestTime.Limit)).Should().Contain(reply);

        bot.Queue.Find(1).Should().BeNull();
    }

    [Fact]
    public async Task A_user_who_vanishes_takes_the_rest_of_the_batch_along()
    {
        await using var bot = await RunningBot.StartAsync();
        bot.Conversations.UploadGate = (conversation, _) =>
        {
            conversation.IsGone = true;
            return Task.CompletedTask;
        };
        var user = await bot.LoggedInAsync(1);

        await user.TypeAsync("/bdl https://t.me/demo/20 https://t.me/demo/29", TestTime.Limit);
        await user.HearAsync("Downloading", TestTime.Limit);
        await bot.ShouldBeCleanAsync(user);

        bot.Ended.Should().HaveCount(2);
    }
}
