using DownloaderBot.Chat;
using DownloaderBot.Local;
using DownloaderBot.Tests.Support;
using MemoryWatch;
using Microsoft.Extensions.DependencyInjection;

namespace DownloaderBot.Tests.Downloads;

public sealed class DownloadTests
{
    [Fact]
    public async Task A_file_arrives_as_it_was_posted_and_leaves_nothing_behind()
    {
        await using var bot = await RunningBot.StartAsync();
        var user = await bot.LoggedInAsync(1);

        await user.TypeAsync("/dl https://t.me/demo/5", TestTime.Limit);
        var file = await user.ReceiveAsync(TestTime.Limit);
        await user.HearAsync("Done", TestTime.Limit);

        file.Should().Be(new LocalFile("demo-5.bin", 5 << 20, PostContent.Sha256(5 << 20)));
        await bot.ShouldBeCleanAsync(user);
    }

    [Fact]
    public async Task A_finished_download_is_expected_to_be_collected_and_it_is()
    {
        var watch = new RecordingWatch();
        await using var bot = await RunningBot.StartAsync(change: services => services.AddSingleton<IMemoryWatch>(watch));
        var user = await bot.LoggedInAsync(1);

        await user.TypeAsync("/dl https://t.me/demo/5", TestTime.Limit);
        await user.HearAsync("Done", TestTime.Limit);
        await bot.ShouldBeCleanAsync(user);

        watch.Expected.Select(e => e.Text).Should().Equal("DownloadJob | User 1", "UserSession | User 1");
        watch.IsCollected(0).Should().BeTrue();
    }

    [Fact]
    public async Task Download_and_upload_are_operations_with_user_and_size()
    {
        await using var bot = await RunningBot.StartAsync();
        var user = await bot.LoggedInAsync(12345);

        await user.TypeAsync("/dl https://t.me/demo/3", TestTime.Limit);
        await user.HearAsync("Done", TestTime.Limit);
        await bot.ShouldBeCleanAsync(user);

        bot.Watch.RecentEntries.Where(e => e.Kind is JournalEntryKind.Started or JournalEntryKind.Ended)
            .Select(e => $"{e.Title} | {e.Context}").Should().Equal(
                "Download Started | User 12345 | File size: 3.0 MB",
                "Download Completed | User 12345 | File size: 3.0 MB",
                "Upload Started | User 12345 | File size: 3.0 MB",
                "Upload Completed | User 12345 | File size: 3.0 MB");
    }

    [Fact]
    public async Task A_large_file_costs_no_more_memory_than_a_small_one()
    {
        await using var bot = await RunningBot.StartAsync();
        var user = await bot.LoggedInAsync(1);
        await DownloadAsync(10);
        var before = GC.GetTotalAllocatedBytes();

        await DownloadAsync(200);

        (GC.GetTotalAllocatedBytes() - before).Should().BeLessThan(20 << 20, "all of the way is streamed");
        await bot.ShouldBeCleanAsync(user);

        async Task DownloadAsync(int megabytes)
        {
            await user.TypeAsync($"/dl https://t.me/demo/{megabytes}", TestTime.Limit);
            await user.HearAsync("Done", TestTime.Limit);
            await (bot.Queue.Find(1)?.Ended ?? Task.CompletedTask);
        }
    }

    [Fact]
    public async Task An_empty_file_is_a_file()
    {
        await using var bot = await RunningBot.StartAsync();
        var user = await bot.LoggedInAsync(1);

        await user.TypeAsync("/dl https://t.me/empty/1", TestTime.Limit);

        (await user.ReceiveAsync(TestTime.Limit)).Length.Should().Be(0);
        await user.HearAsync("Done", TestTime.Limit);
        await bot.ShouldBeCleanAsync(user);
    }

    [Fact]
    public async Task A_running_download_can_be_cancelled_and_its_file_is_gone_when_the_reply_comes()
    {
        await using var bot = await RunningBot.StartAsync();
        var hold = bot.HoldDownloads();
        var user = await bot.LoggedInAsync(1);
        await user.TypeAsync("/dl https://t.me/demo/5", TestTime.Limit);
        await hold.Reached;
        bot.Files.Should().ContainSingle();

        (await user.AskAsync("/canceldownload", TestTime.Limit)).Should().Be("Your download is cancelled.");

        bot.Ended.Should().Equal("Download Cancelled | User 1 | File size: 5.0 MB");
        await bot.ShouldBeCleanAsync(user);
    }

    [Fact]
    public async Task An_upload_can_be_cancelled_too()
    {
        await using var bot = await RunningBot.StartAsync();
        var gate = new Gate();
        bot.Conversations.UploadGate = (_, _) => gate.PassAsync();
        var user = await bot.LoggedInAsync(1);
        await user.TypeAsync("/dl https://t.me/demo/50", TestTime.Limit);
        await gate.Reached;

        (await user.AskAsync("/canceldownload", TestTime.Limit)).Should().Be("Your download is cancelled.");
        gate.Open();

        bot.Ended.Should().Contain("Upload Cancelled | User 1 | File size: 50.0 MB");
        await bot.ShouldBeCleanAsync(user);
    }

    [Fact]
    public async Task A_waiting_download_can_be_cancelled_and_frees_its_place()
    {
        await using var bot = await RunningBot.StartAsync(["--Bot:MaxConcurrent=1", "--Bot:MaxQueue=1"]);
        var hold = bot.HoldDownloads();
        var (first, second, third) = (await bot.LoggedInAsync(1), await bot.LoggedInAsync(2), await bot.LoggedInAsync(3));
        await first.TypeAsync("/dl https://t.me/demo/1", TestTime.Limit);
        await hold.Reached;
        (await second.AskAsync("/dl https://t.me/demo/2", TestTime.Limit)).Should().Contain("number 1");

        (await second.AskAsync("/canceldownload", TestTime.Limit)).Should().Be("Your download is cancelled.");

        (await third.AskAsync("/dl https://t.me/demo/3", TestTime.Limit)).Should().Contain("number 1");
        hold.Open();
        await third.ReceiveAsync(TestTime.Limit);
        second.Conversation.Messages.Should().NotContain(m => m.File != null);
        await bot.ShouldBeCleanAsync(first, second, third);
    }

    [Fact]
    public async Task There_may_be_nothing_to_cancel()
    {
        await using var bot = await RunningBot.StartAsync();

        (await bot.User(1).AskAsync("/canceldownload", TestTime.Limit)).Should().Contain("no download");
    }

    [Fact]
    public async Task A_second_download_and_a_full_queue_each_get_a_clear_reply()
    {
        await using var bot = await RunningBot.StartAsync(["--Bot:MaxConcurrent=1", "--Bot:MaxQueue=1"]);
        var hold = bot.HoldDownloads();
        var (first, second, third) = (await bot.LoggedInAsync(1), await bot.LoggedInAsync(2), await bot.LoggedInAsync(3));
        await first.TypeAsync("/dl https://t.me/demo/1", TestTime.Limit);
        await hold.Reached;
        await second.AskAsync("/dl https://t.me/demo/1", TestTime.Limit);

        (await first.AskAsync("/dl https://t.me/demo/2", TestTime.Limit)).Should().Contain("one can run at a time");
        (await second.AskAsync("/dl https://t.me/demo/2", TestTime.Limit)).Should().Contain("one can run at a time");
        (await third.AskAsync("/dl https://t.me/demo/2", TestTime.Limit)).Should().Contain("queue is full");

        hold.Open();
        await second.ReceiveAsync(TestTime.Limit);
        await bot.ShouldBeCleanAsync(first, second, third);
    }

    [Fact]
    public async Task A_premium_user_is_served_before_those_who_came_first()
    {
        await using var bot = await RunningBot.StartAsync(["--Bot:MaxConcurrent=1"]);
        var hold = bot.HoldDownloads();
        var (first, free, premium) =
            (await bot.LoggedInAsync(1), await bot.LoggedInAsync(2), await bot.LoggedInAsync(3, isPremium: true));
        await first.TypeAsync("/dl https://t.me/demo/1", TestTime.Limit);
        await hold.Reached;
        await free.AskAsync("/dl https://t.me/demo/2", TestTime.Limit);
        await premium.AskAsync("/dl https://t.me/demo/3", TestTime.Limit);
        (await free.AskAsync("/queue", TestTime.Limit)).Should().Contain("number 2");

        hold.Open();
        await free.ReceiveAsync(TestTime.Limit);
        await bot.ShouldBeCleanAsync(first, free, premium);

        bot.Ended.Where(e => e.StartsWith("Upload", StringComparison.Ordinal)).Should().Equal(
            "Upload Completed | User 1 | File size: 1.0 MB",
            "Upload Completed | User 3 | File size: 3.0 MB",
            "Upload Completed | User 2 | File size: 2.0 MB");
    }

    [Fact]
    public async Task A_file_that_the_chat_would_not_take_is_not_even_downloaded()
    {
        await using var bot = await RunningBot.StartAsync(change: services => services.AddSingleton<IChat>(provider =>
            new HookedChat(provider.GetRequiredService<LocalChat>()) { MaxFileBytes = 2 << 20 }));
        var user = await bot.LoggedInAsync(1);

        await user.TypeAsync("/dl https://t.me/demo/3", TestTime.Limit);
        await user.HearAsync("The file is 3.0 MB; I can send at most 2.0 MB.", TestTime.Limit);
        await bot.EndedAsync(user);
        await user.TypeAsync("/dl https://t.me/demo/2", TestTime.Limit);
        await user.ReceiveAsync(TestTime.Limit);

        await bot.ShouldBeCleanAsync(user);
        bot.Ended.Should().Equal(
            "Download Failed | User 1 | https://t.me/demo/3",
            "Download Completed | User 1 | File size: 2.0 MB",
            "Upload Completed | User 1 | File size: 2.0 MB");
    }

    [Fact]
    public async Task More_downloads_than_sessions_all_arrive()
    {
        await using var bot = await RunningBot.StartAsync(["--Bot:MaxConcurrent=5", "--Bot:MaxSessions=2"]);
        var users = await Task.WhenAll(Enumerable.Range(1, 12).Select(id => bot.LoggedInAsync(id)));

        await Task.WhenAll(users.Select(async user =>
        {
            await user.TypeAsync("/dl https://t.me/demo/2", TestTime.Limit);
            await user.HearAsync("Done", TestTime.Limit);
            bot.Sessions.Count.Should().BeLessThanOrEqualTo(2);
        }));

        await bot.ShouldBeCleanAsync(users);
    }

    [Fact]
    public async Task A_user_with_a_download_is_not_logged_out()
    {
        await using var bot = await RunningBot.StartAsync();
        var hold = bot.HoldDownloads();
        var user = await bot.LoggedInAsync(1);
        await user.TypeAsync("/dl https://t.me/demo/1", TestTime.Limit);
        await hold.Reached;

        (await user.AskAsync("/logout", TestTime.Limit)).Should().Contain("/canceldownload");

        hold.Open();
        await user.ReceiveAsync(TestTime.Limit);
    }

    [Fact]
    public async Task Stopping_cancels_what_runs_and_waits_and_tells_the_users()
    {
        await using var bot = await RunningBot.StartAsync(["--Bot:MaxConcurrent=1"]);
        var hold = bot.HoldDownloads();
        var (running, waiting) = (await bot.LoggedInAsync(1), await bot.LoggedInAsync(2));
        await running.TypeAsync("/dl https://t.me/demo/1", TestTime.Limit);
        await hold.Reached;
        await waiting.AskAsync("/dl https://t.me/demo/1", TestTime.Limit);

        await bot.StopAsync();

        running.Conversation.Messages[^1].Text.Should().Contain("restarted");
        waiting.Conversation.Messages[^1].Text.Should().Contain("restarted");
        bot.Ended.Should().Equal("Download Cancelled | User 1 | File size: 1.0 MB");
        await bot.ShouldBeCleanAsync(running, waiting);
    }
}
