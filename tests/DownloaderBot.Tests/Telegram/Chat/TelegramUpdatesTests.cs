using System.Text.Json.Nodes;
using DownloaderBot.Chat;
using DownloaderBot.Storage;
using DownloaderBot.Telegram.Chat;
using DownloaderBot.Tests.Support;
using DownloaderBot.Tests.Telegram.Chat.Support;

namespace DownloaderBot.Tests.Telegram.Chat;

public sealed class TelegramUpdatesTests : TelegramTest
{
    [Fact]
    public async Task What_users_write_comes_in_in_its_order()
    {
        var first = Telegram.Say(7, "/start");
        Telegram.Say(8, "/queue");
        Telegram.Say(7, "9 8 7 1 3");

        (await Rig.ReadAsync(3)).Should().Equal(
            new IncomingMessage(7, first, "/start"), new(8, first + 1, "/queue"), new(7, first + 2, "9 8 7 1 3"));
    }

    [Fact]
    public async Task It_is_waited_for_and_only_messages_are_asked_for()
    {
        var reading = Rig.ReadAsync(1);
        var call = (await Telegram.CallsAsync("getUpdates"))[0];
        Telegram.Say(7, "/start");

        (await reading).Should().ContainSingle();
        call.Text("offset").Should().BeNull("nothing is noted yet");
        call.Number("timeout").Should().Be(30);
        call.Text("allowed_updates").Should().Be("""["message"]""");
    }

    [Fact]
    public async Task What_is_fetched_is_confirmed_with_the_next_call()
    {
        var id = Telegram.Say(7, "/start");

        var reading = Rig.ReadAsync(2);
        await Telegram.CallsAsync("getUpdates", 2);

        Telegram.Updates.Waiting.Should().BeEmpty();
        Telegram.Calls[1].Number("offset").Should().Be(id + 1);
        Telegram.Say(7, "/help");
        (await reading)[1].Text.Should().Be("/help");
    }

    [Fact]
    public async Task After_a_crash_nothing_is_handled_twice_and_what_came_meanwhile_is_not_lost()
    {
        Telegram.Say(7, "/one");
        var reading = Rig.ReadAsync(3);
        await Telegram.CallsAsync("getUpdates", 2);
        Telegram.Updates.Add("message", BotApiMethods.Message(1, -100, "/of a group", "group"));
        await Telegram.CallsAsync("getUpdates", 3);
        Telegram.Say(7, "/two");
        await Telegram.CallsAsync("getUpdates", 4);
        Telegram.Say(7, "/three");
        await reading;
        Telegram.Updates.Waiting.Should().ContainSingle("it was not confirmed to Telegram yet");

        await RestartAsync();
        Telegram.Say(7, "/four");

        (await Rig.ReadAsync(1)).Single().Text.Should().Be("/four");
    }

    [Fact]
    public async Task Another_bot_in_the_same_folder_has_an_offset_of_its_own()
    {
        Telegram.Say(7, "/one");
        await Rig.ReadAsync(1);

        Telegram.Token = "4712:another";
        await RestartAsync();

        (await Rig.ReadAsync(1)).Single().Text.Should().Be("/one");
    }

    [Fact]
    public async Task Numbers_that_start_anew_are_followed()
    {
        Telegram.Say(7, "/before");
        await Rig.ReadAsync(1);
        await RestartAsync();
        Telegram.Updates.StartAnew(5);
        Telegram.Say(7, "/after a quiet week");

        var reading = Rig.ReadAsync(2);
        await Telegram.CallsAsync("getUpdates", 3);

        Telegram.Calls[^1].Number("offset").Should().Be(6);
        Telegram.Say(7, "/and so on");
        (await reading).Select(m => m.Text).Should().Equal("/after a quiet week", "/and so on");
    }

    [Fact]
    public async Task Groups_edits_and_what_the_chat_says_itself_are_ignored()
    {
        Telegram.Updates.Add("message", BotApiMethods.Message(1, -100, "/start", "supergroup"));
        Telegram.Updates.Add("message", BotApiMethods.Message(2, -5, "/start", "group"));
        Telegram.Updates.Add("edited_message", BotApiMethods.Message(3, 7, "/edited"));
        Telegram.Updates.Add("channel_post", BotApiMethods.Message(4, -100, "/posted", "channel"));
        var service = BotApiMethods.Message(5, 7, null);
        service["message_auto_delete_timer_changed"] = new JsonObject { ["message_auto_delete_time"] = 86400 };
        Telegram.Updates.Add("message", service);
        Telegram.Say(7, "/mine");

        (await Rig.ReadAsync(1)).Single().Text.Should().Be("/mine");
    }

    [Fact]
    public async Task Of_a_picture_its_caption_counts_and_without_one_it_is_an_empty_message()
    {
        foreach (var caption in new[] { "/start", null })
        {
            var picture = BotApiMethods.Message(1, 7, null);
            picture["photo"] = new JsonArray(new JsonObject { ["file_id"] = "a", ["file_unique_id"] = "b", ["width"] = 1, ["height"] = 1 });
            picture["caption"] = caption;
            Telegram.Updates.Add("message", picture);
        }

        (await Rig.ReadAsync(2)).Select(m => m.Text).Should().Equal("/start", string.Empty);
    }

    [Fact]
    public async Task An_outage_is_waited_out_however_long_and_said_once()
    {
        Fault[] outage = [Faults.Html(502), Faults.Cut, Faults.Error(500, "Internal Server Error"), Faults.Error(409, "Conflict"), Faults.Html(404)];
        Telegram.Fail("getUpdates", [.. outage, .. outage, .. outage]);
        Telegram.Say(7, "/start");

        var reading = Rig.ReadAsync(1);
        for (var failures = 1; failures <= 15; failures++)
        {
            await Rig.Time.PassBackoffAsync(failures);
        }

        (await reading).Single().Text.Should().Be("/start");
        Rig.Log.Should().HaveCount(2);
        Rig.Log[0].Should().Be(
            "Warning: Telegram answered 502 with something that is not of the Bot API; messages wait, and the bot tries again until it can fetch them");
        Rig.Log[1].Should().StartWith("Information: Telegram is back after ");
    }

    [Fact]
    public async Task The_next_outage_is_said_again()
    {
        Telegram.Fail("getUpdates", Faults.Html(502));
        Telegram.Say(7, "/one");
        var reading = Rig.ReadAsync(2);
        await Rig.Time.PassBackoffAsync(1);
        await Telegram.CallsAsync("getUpdates", 3);
        Telegram.Fail("getUpdates", Faults.Html(502));
        Telegram.Say(7, "/two");
        await reading;
        Telegram.Say(8, "/three");

        reading = Rig.ReadAsync(1);
        await Rig.Time.PassBackoffAsync(1);
        await reading;

        Rig.Log.Where(line => line.StartsWith("Warning")).Should().HaveCount(2);
    }

    [Fact]
    public async Task When_Telegram_asks_to_wait_it_is_left_alone()
    {
        Telegram.Fail("getUpdates", Faults.TooMany(300));
        Telegram.Say(7, "/start");

        var reading = Rig.ReadAsync(1);
        await Rig.Time.PassAsync(300);

        (await reading).Should().ContainSingle();
        Telegram.Calls.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_poll_that_brings_nothing_at_once_is_not_repeated_at_once()
    {
        Telegram.Fail("getUpdates", Faults.Json(200, """{"ok":true,"result":[]}"""), Faults.Json(200, """{"ok":true,"result":[]}"""));
        Telegram.Say(7, "/start");

        var reading = Rig.ReadAsync(1);
        await Rig.Time.WaitedForAsync(wait => wait == TimeSpan.FromSeconds(1));
        Rig.Time.Advance(TimeSpan.FromSeconds(0.9));
        Telegram.Calls.Should().ContainSingle();
        Rig.Time.Advance(TimeSpan.FromSeconds(0.1));
        await Rig.Time.PassAsync(1);

        (await reading).Should().ContainSingle();
        Telegram.Calls.Should().HaveCount(3);
    }

    [Fact]
    public async Task One_that_waited_is_repeated_at_once()
    {
        Telegram.Fail("getUpdates", async context =>
        {
            Rig.Time.Advance(TimeSpan.FromSeconds(1));
            await Faults.Json(200, """{"ok":true,"result":[]}""")(context);
        });
        Telegram.Say(7, "/start");

        (await Rig.ReadAsync(1)).Should().ContainSingle();
    }

    [Fact]
    public async Task A_connection_that_died_in_silence_is_noticed()
    {
        Telegram.Fail("getUpdates", Faults.Silence);
        Telegram.Say(7, "/start");

        var reading = Rig.ReadAsync(1);
        await Telegram.CallsAsync("getUpdates");
        await Rig.Time.PassAsync(wait => wait == WaitingTime.PollLimit);
        await Rig.Time.PassBackoffAsync(1);

        (await reading).Should().ContainSingle();
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_waited_for()
    {
        await Telegram.StopAsync();

        var reading = Rig.ReadAsync(1);
        for (var tries = 1; tries <= 3; tries++)
        {
            await Rig.Time.PassBackoffAsync(tries);
        }

        reading.IsCompleted.Should().BeFalse();
        Rig.Log.Should().ContainSingle().Which.Should().StartWith("Warning: Telegram cannot be reached: ConnectionError");
    }

    [Theory]
    [InlineData(401, "Unauthorized")]
    [InlineData(404, "Not Found")]
    public async Task A_token_that_is_refused_ends_it(int code, string description)
    {
        Telegram.Fail("getUpdates", Faults.Error(code, description));

        await Rig.Awaiting(rig => rig.ReadAsync(1)).Should().ThrowAsync<TokenRefusedException>()
            .WithMessage("Telegram refused the bot token: set TELEGRAM_BOT_TOKEN to the one that @BotFather gave you.");
    }

    [Fact]
    public async Task A_disk_that_is_full_does_not_make_the_bot_deaf()
    {
        Rig.Database.Use(connection => connection.Read<long>("PRAGMA query_only = ON; SELECT 1"));
        Telegram.Say(7, "/one");
        var reading = Rig.ReadAsync(2);
        await Telegram.CallsAsync("getUpdates", 2);
        Telegram.Say(7, "/two");

        (await reading).Select(m => m.Text).Should().Equal("/one", "/two");
        Rig.Log.Should().ContainSingle().Which.Should().StartWith("Warning: Could not save the Telegram read position: ");
    }
}
