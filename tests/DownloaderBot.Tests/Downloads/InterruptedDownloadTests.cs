using DownloaderBot.Chat;
using DownloaderBot.Downloads;
using DownloaderBot.Local;
using DownloaderBot.Storage;
using DownloaderBot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace DownloaderBot.Tests.Downloads;

/// <summary>What a kill leaves of downloads, and what the next start makes of it.</summary>
public sealed class InterruptedDownloadTests : IDisposable
{
    private readonly TempFolder _left = new();

    public void Dispose() => _left.Dispose();

    [Fact]
    public async Task A_bot_that_was_killed_tells_its_user_at_the_next_start_and_no_file_is_left()
    {
        using var bot = new BotProcess(BotHost.NoDemo, "--urls", "http://127.0.0.1:0", "--Local:BytesPerSecond=1MB");
        using (var page = await LocalPageClient.OpenAsync(bot, user: 101))
        {
            await page.LogInAsync();
            await page.TypeAsync("/dl https://t.me/demo/500");
            await page.ReadToAsync(text => text.Contains('%'));
            bot.AssetFiles.Should().ContainSingle();
        }

        bot.KillAndStartAgain();
        using var later = await LocalPageClient.OpenAsync(bot, user: 101);

        await later.ReadToAsync(text => text.Contains("Interrupted: https://t.me/demo/500"));
        (await later.ReadToAsync(text => text.Contains("/dl https://t.me/demo/500"))).Should().Contain("I was interrupted before your download was done");
        bot.AssetFiles.Should().BeEmpty();
        await later.TypeAsync("/queue");
        await later.ReadToAsync(text => text.Contains("You have no download."));
    }

    [Fact]
    public async Task Who_downloaded_waited_and_had_a_batch_are_each_told_what_to_send_and_only_once()
    {
        var message = await KillAsync();

        await using (var bot = await StartAsync())
        {
            var (single, batch, waiting) = (bot.User(1), bot.User(2), bot.User(3));

            await single.HearAsync("To start it again, send:\n/dl https://t.me/demo/5", TestTime.Limit);
            await batch.HearAsync("To start it again, send:\n/bdl https://t.me/demo/2 https://t.me/demo/4", TestTime.Limit);
            await waiting.HearAsync("To start it again, send:\n/dl https://t.me/demo/7?single", TestTime.Limit);

            await AllToldAsync(bot);
            single.Conversation.Messages[0].Should().Match<LocalMessage>(m => m.MessageId == message && m.Text == "Interrupted: https://t.me/demo/5");
            waiting.Conversation.Messages.Should().ContainSingle("there was no message that it left");
            bot.Watch.RecentEntries.Should().Contain(e => e.Title == "Download Interrupted" && e.Context.ToString() == "User 1 | https://t.me/demo/5");
            await bot.ShouldBeCleanAsync(single, batch, waiting);
        }

        await using var again = await StartAsync();
        (await again.User(1).AskAsync("/queue", TestTime.Limit)).Should().Contain("no download");
    }

    [Fact]
    public async Task A_chat_that_cannot_be_reached_at_the_start_is_tried_again()
    {
        await KillAsync();
        var (time, failures) = (new WaitingTime(), 4);
        await using var bot = await StartAsync(services => services.AddSingleton<TimeProvider>(time).AddSingleton<IChat>(provider =>
            new HookedChat(provider.GetRequiredService<LocalChat>())
            {
                BeforeSend = () => failures-- > 0 ? throw new IOException("no network") : Task.CompletedTask,
            }));

        await time.PassAsync(60);
        await time.PassAsync(120);

        foreach (var id in (long[])[1, 2, 3])
        {
            await bot.User(id).HearAsync("To start it again", TestTime.Limit);
        }

        bot.User(3).Conversation.Messages.Count(m => m.Text.StartsWith("I was", StringComparison.Ordinal)).Should().Be(1);
    }

    [Fact]
    public async Task Who_cannot_be_told_is_forgotten_after_some_attempts()
    {
        await KillAsync();
        var time = new WaitingTime();
        await using var bot = await StartAsync(services => services.AddSingleton<TimeProvider>(time).AddSingleton<IChat>(provider =>
            new HookedChat(provider.GetRequiredService<LocalChat>()) { BeforeSend = () => throw new IOException("no network") }));

        foreach (var minutes in (int[])[1, 2, 3, 4])
        {
            await time.PassAsync(60 * minutes);
        }

        await AllToldAsync(bot);
        bot.User(3).Conversation.Messages.Should().BeEmpty();
    }

    [Fact]
    public async Task A_user_who_is_gone_is_not_waited_for()
    {
        await KillAsync();
        await using var bot = await StartAsync(services => services.AddSingleton<IChat>(provider =>
        {
            provider.GetRequiredService<LocalConversations>().Of(1).IsGone = true;
            return provider.GetRequiredService<LocalChat>();
        }));

        await bot.User(3).HearAsync("To start it again", TestTime.Limit);
        await AllToldAsync(bot);
        bot.User(1).Conversation.Messages.Should().BeEmpty();
    }

    [Fact]
    public async Task Without_a_journal_downloads_work_all_the_same_and_the_log_says_so_once()
    {
        await using var bot = await RunningBot.StartAsync();
        var user = await bot.LoggedInAsync(1);
        bot.Get<Database>().Use(connection =>
        {
            connection.Run("DROP TABLE downloads");
            return true;
        });

        await user.TypeAsync("/dl https://t.me/demo/1", TestTime.Limit);
        await user.HearAsync("Done", TestTime.Limit);
        await (bot.Queue.Find(1)?.Ended ?? Task.CompletedTask).WaitAsync(TestTime.Limit);

        await bot.LoggedAsync("Could not save which downloads users wait for");
        (await bot.ReadLogAsync()).Split("Could not save which downloads users wait for").Should().HaveCount(2);
    }

    private static async Task AllToldAsync(RunningBot bot)
    {
        var limit = TestTime.Limit;
        while (bot.Get<DownloadJournal>().Read().Count > 0)
        {
            limit.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>Leaves the database of a bot as a kill would: one user downloads, one has the rest of a batch, one waits. The first one's message.</summary>
    private async Task<long> KillAsync()
    {
        await using var bot = await RunningBot.StartAsync(["--Bot:MaxConcurrent=2"]);
        var (single, batch, waiting) = (await bot.LoggedInAsync(1), await bot.LoggedInAsync(2), await bot.LoggedInAsync(3));
        var (gate, second) = (new Gate(), new Gate());
        bot.Pace.Gate = (link, _, cancel) => link.EndsWith("/1", StringComparison.Ordinal) ? Task.CompletedTask
            : link.EndsWith("/2", StringComparison.Ordinal) ? second.PassAsync(cancel)
            : gate.PassAsync(cancel);
        await batch.TypeAsync("/bdl https://t.me/demo/1 https://t.me/demo/4", TestTime.Limit);
        await second.Reached;
        await single.TypeAsync("/dl https://t.me/demo/5", TestTime.Limit);
        await gate.Reached;
        await waiting.AskAsync("/dl https://t.me/demo/7?single", TestTime.Limit);

        bot.CopyDatabaseTo(_left.Path);
        return single.Conversation.Messages[0].MessageId;
    }

    private Task<RunningBot> StartAsync(Action<IServiceCollection>? change = null) =>
        RunningBot.StartAsync([$"--Bot:DataFolder={_left.Path}"], change);
}
