using DownloaderBot.Sessions;
using DownloaderBot.Storage;
using DownloaderBot.Tests.Sessions;
using DownloaderBot.Tests.Storage;
using DownloaderBot.Tests.Support;
using MemoryWatch;
using Microsoft.Extensions.DependencyInjection;

namespace DownloaderBot.Tests.Downloads;

/// <summary>Each misfortune: a clear reply, a failed operation, and nothing left behind.</summary>
public sealed class BadInputTests
{
    [Theory]
    [InlineData("missing/7", "cannot find", "https://t.me/missing/7")]
    [InlineData("text/7", "no file", "https://t.me/text/7")]
    [InlineData("broken/5", "cannot reach Telegram", "File size: 5.0 MB")]
    [InlineData("short/5", "should have had 5.0 MB but 2.5 MB came", "File size: 5.0 MB")]
    [InlineData("long/5", "should have had 5.0 MB", "File size: 5.0 MB")]
    [InlineData("demo/5000", "at most 2048.0 MB", "File size: 5000.0 MB")]
    public async Task A_post_that_is_not_as_it_should_be(string post, string reply, string context)
    {
        await using var bot = await RunningBot.StartAsync(["--Bot:OutagePatience=00:00:00"]);
        var user = await bot.LoggedInAsync(1);

        await user.TypeAsync($"/dl https://t.me/{post}", TestTime.Limit);
        await user.HearAsync(reply, TestTime.Limit);

        bot.Ended.Should().Equal($"Download Failed | User 1 | {context}");
        bot.Watch.RecentEntries.Single(e => e.Kind == JournalEntryKind.Ended).Error.Should().NotBeNullOrEmpty();
        user.Conversation.Messages.Should().NotContain(m => m.File != null);
        await bot.ShouldBeCleanAsync(user);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1 << 20)]
    public async Task A_disk_that_fills_up_while_writing(long writableBytes)
    {
        await using var bot = await RunningBot.StartAsync(
            change: services => services.AddSingleton<IDisk>(new FailingDisk { WritableBytes = writableBytes }));
        var user = await bot.LoggedInAsync(1);

        await user.TypeAsync("/dl https://t.me/demo/5", TestTime.Limit);
        await user.HearAsync("disk is full", TestTime.Limit);

        bot.Ended.Should().Equal("Download Failed | User 1 | File size: 5.0 MB");
        await bot.ShouldBeCleanAsync(user);
    }

    [Fact]
    public async Task A_disk_that_is_full_before()
    {
        await using var bot = await RunningBot.StartAsync(
            change: services => services.AddSingleton<IDisk>(new FailingDisk { Free = 6 << 20 }));
        var user = await bot.LoggedInAsync(1);

        await user.TypeAsync("/dl https://t.me/demo/5", TestTime.Limit);
        await user.HearAsync("no room", TestTime.Limit);

        bot.Ended.Should().Equal("Download Failed | User 1 | File size: 5.0 MB");
        await bot.ShouldBeCleanAsync(user);
    }

    [Fact]
    public async Task A_user_who_vanishes_during_the_upload()
    {
        await using var bot = await RunningBot.StartAsync();
        var user = await bot.LoggedInAsync(1);
        bot.Conversations.UploadGate = (conversation, _) =>
        {
            conversation.IsGone = true;
            return Task.CompletedTask;
        };

        await user.TypeAsync("/dl https://t.me/demo/20", TestTime.Limit);
        await user.HearAsync("Downloading", TestTime.Limit);
        await bot.ShouldBeCleanAsync(user);

        bot.Ended.Should().Equal(
            "Download Completed | User 1 | File size: 20.0 MB", "Upload Failed | User 1 | File size: 20.0 MB");
        bot.Watch.RecentEntries.Single(e => e.Outcome == OperationOutcome.Failed).Error.Should().StartWith("UserGoneException");
    }

    [Fact]
    public async Task A_user_who_vanishes_during_the_download()
    {
        await using var bot = await RunningBot.StartAsync();
        var hold = bot.HoldDownloads();
        var user = await bot.LoggedInAsync(1);
        await user.TypeAsync("/dl https://t.me/demo/5", TestTime.Limit);
        await hold.Reached;

        user.Conversation.IsGone = true;
        hold.Open();
        await bot.ShouldBeCleanAsync(user);

        bot.Ended.Should().Equal(
            "Download Completed | User 1 | File size: 5.0 MB", "Upload Failed | User 1 | File size: 5.0 MB");
    }

    [Fact]
    public async Task A_user_who_is_gone_holds_up_nobody_else()
    {
        await using var bot = await RunningBot.StartAsync();
        var (gone, other) = (bot.User(1), bot.User(9));
        gone.Conversation.IsGone = true;

        // The bot goes on with whoever comes next.
        await gone.TypeAsync("/start", TestTime.Limit);

        (await other.AskAsync("/start", TestTime.Limit)).Should().Contain("/login");
    }

    [Fact]
    public async Task A_session_that_cannot_be_connected()
    {
        await using var bot = await RunningBot.StartAsync(change: services => services.AddSingleton<IUserSessionFactory>(
            new FakeSessions { Failure = new IOException("no network") }));
        var user = await bot.LoggedInAsync(1);

        await user.TypeAsync("/dl https://t.me/demo/5", TestTime.Limit);
        await user.HearAsync("went wrong", TestTime.Limit);

        bot.Ended.Should().Equal("Download Failed | User 1 | https://t.me/demo/5");
        await bot.ShouldBeCleanAsync(user);
    }

    [Fact]
    public async Task A_file_name_that_climbs_out_of_its_folder()
    {
        await using var bot = await RunningBot.StartAsync();
        var hold = bot.HoldDownloads();
        var user = await bot.LoggedInAsync(1);

        await user.TypeAsync("/dl https://t.me/hostile/3", TestTime.Limit);
        await hold.Reached;
        bot.Files.Should().ContainSingle().Which.Should().StartWith(bot.AssetsFolder).And.EndWith(".part");
        hold.Open();

        (await user.ReceiveAsync(TestTime.Limit)).Name.Should().Be(".._.._hostile-3.bin__");
        await bot.ShouldBeCleanAsync(user);
    }
}
