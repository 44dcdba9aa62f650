using System.Net;
using System.Security.Cryptography;
using DownloaderBot.Local;
using DownloaderBot.Local.Page;
using DownloaderBot.Tests.Support;
using DownloaderBot.Tests.Telegram.Chat.Support;

namespace DownloaderBot.Tests.Telegram.Chat;

/// <summary>The whole program, with a stand-in for Telegram.</summary>
public sealed class TelegramBotTests : IAsyncLifetime
{
    private BotApiStandIn _telegram = null!;

    public async Task InitializeAsync() => _telegram = await BotApiStandIn.StartAsync();

    public async Task DisposeAsync() => await _telegram.DisposeAsync();

    [Fact]
    public async Task It_answers_and_shows_its_commands()
    {
        await using var bot = await RunningBot.StartAsync(TelegramSettings.For(_telegram));

        _telegram.Say(7, "/start");
        await _telegram.HearAsync(7, "I download the file of a post and send it to you.");

        var commands = _telegram.Calls.Single(call => call.Method == "setMyCommands").Body.GetProperty("commands");
        commands.EnumerateArray().Select(c => c.GetProperty("command").GetString()).Should().StartWith(["start", "help", "login"])
            .And.NotContain("killall", "what admins may do is not for everybody's menu");
        commands[0].GetProperty("description").GetString().Should().Be("what this bot is for");
    }

    [Fact]
    public async Task A_file_goes_from_its_post_to_the_chat()
    {
        await using var bot = await RunningBot.StartAsync(TelegramSettings.For(_telegram), telegram: LocalSessions.BesideTelegram);
        await bot.MarkLoggedInAsync(7);

        _telegram.Say(7, "/dl https://t.me/demo/5");
        await _telegram.HearAsync(7, "Done: demo-5.bin (5.0 MB)");

        var document = (await _telegram.CallsAsync("sendDocument"))[0].Document!;
        (document.Name, document.Length).Should().Be(("demo-5.bin", 5 << 20));
        document.Sha256.Should().Be(Convert.ToHexStringLower(
            SHA256.HashData([.. Enumerable.Repeat(LocalPost.Block, (5 << 20) / LocalPost.Block.Length).SelectMany(block => block)])));
        _telegram.Calls.Where(call => call.Text("text") is not null).Select(call => (call.Method, Text: call.Text("text")!.Split('\n')[0]))
            .Should().StartWith([("sendMessage", "Your download starts now."), ("editMessageText", "Downloading demo-5.bin")]);
    }

    [Fact]
    public async Task A_pasted_link_is_a_download()
    {
        await using var bot = await RunningBot.StartAsync(TelegramSettings.For(_telegram), telegram: LocalSessions.BesideTelegram);
        await bot.MarkLoggedInAsync(7);

        _telegram.Say(7, "Look: https://t.me/demo/1.");

        var document = (await _telegram.CallsAsync("sendDocument"))[0].Document!;
        (document.Name, document.Length).Should().Be(("demo-1.bin", 1 << 20));
    }

    [Fact]
    public async Task There_is_no_local_chat_beside_it()
    {
        await using var bot = await RunningBot.StartAsync(TelegramSettings.For(_telegram));
        using var client = new HttpClient { BaseAddress = bot.Address };
        client.DefaultRequestHeaders.Add("X-Local-Chat", "1");

        foreach (var path in new[] { "/", "/local/page.js", "/local/page.css", "/local/events?users=1", "/local/files/0" })
        {
            using var response = await client.GetAsync(path, TestTime.Limit);
            response.StatusCode.Should().Be(HttpStatusCode.NotFound);
        }

        using var typed = await client.PostAsync("/local/users/7/messages", new StringContent("/start"), TestTime.Limit);
        using var health = await client.GetAsync("/health", TestTime.Limit);
        (typed.StatusCode, health.StatusCode).Should().Be((HttpStatusCode.NotFound, HttpStatusCode.OK));
        (bot.Has<LocalChat>(), bot.Has<PageFeed>()).Should().Be((false, false));
    }

    [Fact]
    public async Task Started_again_it_answers_what_came_meanwhile_and_nothing_twice()
    {
        using var folder = new TempFolder();
        string[] settings = [.. TelegramSettings.For(_telegram), $"--Bot:DataFolder={folder.Path}"];
        await using (var bot = await RunningBot.StartAsync(settings))
        {
            _telegram.Say(7, "/start");
            await _telegram.HearAsync(7, "I download");
            await bot.StopAsync();
        }

        _telegram.Say(7, "/queue");
        await using var restarted = await RunningBot.StartAsync(settings);
        await _telegram.HearAsync(7, "You have no download.");

        _telegram.Calls.Count(call => call.Method == "sendMessage").Should().Be(2);
    }

    [Fact]
    public async Task Started_again_after_a_kill_it_ends_the_message_that_showed_the_progress()
    {
        using var folder = new TempFolder();
        await using (var killed = await RunningBot.StartAsync(TelegramSettings.For(_telegram), telegram: LocalSessions.BesideTelegram))
        {
            var hold = killed.HoldDownloads();
            await killed.MarkLoggedInAsync(7);
            _telegram.Say(7, "/dl https://t.me/demo/5");
            await hold.Reached;
            await _telegram.HearAsync(7, "Downloading demo-5.bin");
            killed.CopyDatabaseTo(folder.Path);
        }

        await using var bot = await RunningBot.StartAsync([.. TelegramSettings.For(_telegram), $"--Bot:DataFolder={folder.Path}"]);
        await _telegram.HearAsync(7, "To start it again, send:\n/dl https://t.me/demo/5");

        var progress = _telegram.Calls.First(call => call.Method == "editMessageText").Text("message_id");
        _telegram.Calls.Should().Contain(call => call.Method == "editMessageText"
            && call.Text("message_id") == progress && call.Text("text") == "Interrupted: https://t.me/demo/5");
    }

    [Fact]
    public async Task The_log_goes_to_an_admin_as_a_file()
    {
        await using var bot = await RunningBot.StartAsync([.. TelegramSettings.For(_telegram), "--Bot:AdminIds=7"]);

        _telegram.Say(7, "/logs");
        await _telegram.HearAsync(7, "of the log");

        var document = (await _telegram.CallsAsync("sendDocument"))[0].Document!;
        document.Name.Should().Be("logs.txt");
        document.Length.Should().BePositive();
    }

    [Fact]
    public async Task A_user_who_blocked_the_bot_holds_up_nobody()
    {
        await using var bot = await RunningBot.StartAsync(TelegramSettings.For(_telegram));
        _telegram.Blocked.Add(7);

        _telegram.Say(7, "/start");
        _telegram.Say(8, "/start");
        await _telegram.HearAsync(8, "I download");

        await bot.LoggedAsync("Could not notify user 7 (User 7 cannot be reached.)");
    }

    [Fact]
    public async Task A_reply_that_Telegram_does_not_take_holds_up_nobody()
    {
        await using var bot = await RunningBot.StartAsync([.. TelegramSettings.For(_telegram), "--Bot:AdminIds=71"]);
        _telegram.Fail("sendMessage", Faults.Silence);
        _telegram.Say(7, "/start");
        await _telegram.CallsAsync("sendMessage");
        for (var i = 0; i < 100; i++)
        {
            _telegram.Say(7, "/start");
        }

        foreach (var (userId, command, reply) in new[] { (15, "/queue", "You have no download."), (71, "/killall", "Downloads cancelled: 0.") })
        {
            _telegram.Say(userId, command);
            await _telegram.HearAsync(userId, reply);
        }

        _telegram.Calls.Count(call => call.Method == "sendMessage" && call.Number("chat_id") == 7).Should().Be(1, "it still waits");
    }

    [Fact]
    public async Task It_stops_at_once_though_Telegram_holds_a_call()
    {
        await using var bot = await RunningBot.StartAsync(TelegramSettings.For(_telegram));
        await _telegram.CallsAsync("getUpdates");

        await bot.StopAsync();

        (await bot.ReadLogAsync()).Should().NotContain(" ERR ").And.NotContain(" WRN ");
    }

    [Fact]
    public async Task A_token_that_is_refused_ends_the_program_with_one_sentence()
    {
        using var bot = BotProcess.OnTelegram([.. TelegramSettings.For(_telegram), "--TELEGRAM_BOT_TOKEN=4711:wrong"]);

        var (exitCode, error) = await bot.ExitAsync();

        (exitCode, error).Should().Be((1, "Telegram refused the bot token: set TELEGRAM_BOT_TOKEN to the one that @BotFather gave you."));
    }

    [Fact]
    public async Task A_token_that_is_revoked_ends_it_too_and_not_as_if_it_had_been_asked_to()
    {
        using var bot = BotProcess.OnTelegram([.. TelegramSettings.For(_telegram), "--urls", "http://127.0.0.1:0"]);
        await _telegram.CallsAsync("getUpdates");

        _telegram.Token = "4711:another";
        _telegram.Say(7, "/start");
        var console = await bot.OutputToAsync("Telegram refused the bot token");
        var (exitCode, _) = await bot.ExitAsync();

        console.Should().Contain(" FTL Telegram refused the bot token: set TELEGRAM_BOT_TOKEN");
        exitCode.Should().Be(1);
    }
}
