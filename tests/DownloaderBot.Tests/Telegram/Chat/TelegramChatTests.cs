using DownloaderBot.Chat;
using DownloaderBot.Telegram.Chat;
using DownloaderBot.Tests.Support;
using DownloaderBot.Tests.Telegram.Chat.Support;

namespace DownloaderBot.Tests.Telegram.Chat;

public sealed class TelegramChatTests : TelegramTest
{
    [Fact]
    public async Task A_text_is_sent_edited_and_deleted()
    {
        var id = await SendAsync("One <b>& two");
        await Rig.Chat.EditAsync(7, id, "Three", TestTime.Limit);
        await Rig.Chat.DeleteAsync(7, id, TestTime.Limit);

        Telegram.Calls.Select(call => (call.Method, call.Text("chat_id"), call.Text("text"))).Should().Equal(
            ("sendMessage", "7", "One <b>& two"), ("editMessageText", "7", "Three"), ("deleteMessage", "7", null));
        Telegram.Calls[0].Text("parse_mode").Should().BeNull("what users and posts are called is no markup");
        Telegram.Calls[1].Number("message_id").Should().Be(id);
    }

    [Fact]
    public async Task A_text_that_is_too_long_for_a_message_is_cut()
    {
        await SendAsync(new string('a', 5000));

        Telegram.Calls.Single().Text("text").Should().HaveLength(4096).And.EndWith("a…");
    }

    [Fact]
    public async Task An_edit_that_changes_nothing_is_no_fault()
    {
        var id = await SendAsync("The same");

        await Rig.Chat.EditAsync(7, id, "The same", TestTime.Limit);

        Telegram.Calls.Should().HaveCount(2);
    }

    [Fact]
    public async Task An_edit_of_a_message_that_is_gone_says_so_and_is_not_tried_again()
    {
        var edit = () => Rig.Chat.EditAsync(7, 1, "Too late", TestTime.Limit);

        (await edit.Should().ThrowAsync<BotApiException>()).Which.Fault.Should().Be(BotApiFault.MessageGone);
        Telegram.Calls.Should().ContainSingle();
    }

    [Fact]
    public async Task A_message_to_delete_that_is_gone_already_is_no_fault() =>
        await Rig.Chat.DeleteAsync(7, 1, TestTime.Limit);

    [Fact]
    public async Task A_message_that_cannot_be_deleted_is()
    {
        Telegram.Fail("deleteMessage", Faults.Error(400, "Bad Request: message can't be deleted"));
        var delete = () => Rig.Chat.DeleteAsync(7, 1, TestTime.Limit);

        await delete.Should().ThrowAsync<BotApiException>().WithMessage("Telegram answered 400: Bad Request: message can't be deleted");
    }

    [Theory]
    [InlineData(403, "Forbidden: bot was blocked by the user")]
    [InlineData(403, "Forbidden: user is deactivated")]
    [InlineData(400, "Bad Request: chat not found")]
    public async Task A_user_who_is_gone_is_told_from_other_faults(int code, string description)
    {
        Telegram.Fail("sendMessage", Faults.Error(code, description));
        Telegram.Fail("editMessageText", Faults.Error(code, description));
        Telegram.Fail("sendDocument", Faults.Error(code, description));
        using var file = new PatternStream(10);

        foreach (var call in new Func<Task>[]
        {
            () => SendAsync("Hello"),
            () => Rig.Chat.EditAsync(7, 1, "Hello", TestTime.Limit),
            () => Rig.Chat.SendFileAsync(7, "file.bin", 10, file, TestTime.Limit),
        })
        {
            (await call.Should().ThrowAsync<UserGoneException>()).Which.InnerException.Should().BeNull();
        }

        Telegram.Calls.Should().HaveCount(3, "nothing of it is tried again");
    }

    [Fact]
    public async Task When_Telegram_asks_to_wait_it_is_waited_for_as_long_as_it_says()
    {
        Telegram.Fail("sendMessage", Faults.TooMany(7), Faults.TooMany(31));

        var sending = SendAsync("Hello");
        await Rig.Time.WaitedForAsync(wait => wait == TimeSpan.FromSeconds(7));
        Rig.Time.Advance(TimeSpan.FromSeconds(6.9));
        Telegram.Calls.Should().ContainSingle("nothing is sent before the time is up");
        Rig.Time.Advance(TimeSpan.FromSeconds(0.1));
        await Rig.Time.PassAsync(31);
        await sending;

        Telegram.Calls.Should().HaveCount(3);
    }

    [Fact]
    public async Task It_is_not_waited_for_longer_than_anybody_would()
    {
        Telegram.Fail("sendMessage", Faults.TooMany(100), Faults.TooMany(21));

        var sending = SendAsync("Hello");
        await Rig.Time.PassAsync(100);

        (await sending.Awaiting(s => s).Should().ThrowAsync<BotApiException>()).Which.RetryAfter.Should().Be(TimeSpan.FromSeconds(21));
        Telegram.Calls.Should().HaveCount(2);
    }

    [Fact]
    public async Task What_fails_in_passing_is_tried_again()
    {
        Telegram.Fail("sendMessage", Faults.Html(502), Faults.Error(500, "Internal Server Error: restart"), Faults.Cut);

        var sending = SendAsync("Hello");
        await PassBackoffsAsync(3);
        await sending;

        Telegram.Calls.Should().HaveCount(4);
    }

    [Theory]
    [InlineData("502")]
    [InlineData("cut")]
    public async Task And_given_up_after_a_few_tries(string fault)
    {
        Telegram.Fail("sendMessage", [.. Enumerable.Repeat(fault == "cut" ? Faults.Cut : Faults.Html(502), 9)]);

        var sending = SendAsync("Hello");
        await PassBackoffsAsync(3);

        (await sending.Awaiting(s => s).Should().ThrowAsync<BotApiException>()).Which.Fault.Should().Be(BotApiFault.Away);
        Telegram.Calls.Should().HaveCount(4);
    }

    [Fact]
    public async Task A_server_that_never_answers_is_given_up()
    {
        Telegram.Fail("sendMessage", Faults.Silence);

        var sending = SendAsync("Hello");
        await Telegram.CallsAsync("sendMessage");
        await Rig.Time.PassAsync(30);
        await PassBackoffsAsync(1);
        await sending;

        Telegram.Calls.Should().HaveCount(2);
    }

    [Fact]
    public async Task Whoever_gives_up_waiting_is_not_kept()
    {
        Telegram.Fail("sendMessage", Faults.TooMany(60));
        using var cancel = new CancellationTokenSource();

        var sending = Rig.Chat.SendAsync(7, "Hello", cancel.Token);
        await Telegram.CallsAsync("sendMessage");
        await cancel.CancelAsync();

        await sending.Awaiting(s => s).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task What_Telegram_does_not_want_is_not_tried_again()
    {
        Telegram.Fail("sendMessage", Faults.Error(400, "Bad Request: message text is empty"));

        await this.Awaiting(_ => SendAsync(string.Empty)).Should().ThrowAsync<BotApiException>()
            .WithMessage("Telegram answered 400: Bad Request: message text is empty");
        Telegram.Calls.Should().ContainSingle();
    }

    [Fact]
    public async Task What_Telegram_accepted_is_not_repeated_though_the_answer_cannot_be_read()
    {
        Telegram.Fail("sendMessage", Faults.HalfAnAnswer);
        Telegram.Fail("editMessageText", Faults.Html(200));
        Telegram.Fail("deleteMessage", Faults.Json(201, "{}"));

        (await this.Awaiting(_ => SendAsync("Hello")).Should().ThrowAsync<BotApiException>("nobody knows the number of the message"))
            .Which.Fault.Should().Be(BotApiFault.Unread);
        await Rig.Chat.EditAsync(7, 1, "Hello", TestTime.Limit);
        await Rig.Chat.DeleteAsync(7, 1, TestTime.Limit);

        Telegram.Calls.Select(call => call.Method).Should().Equal("sendMessage", "editMessageText", "deleteMessage");
    }

    [Fact]
    public async Task In_the_test_environment_the_calls_go_there()
    {
        await RestartInTestEnvironmentAsync();

        await SendAsync("Hello");

        Telegram.Calls.Single().Path.Should().EndWith("/test/sendMessage");
    }

    private Task<long> SendAsync(string text) => Rig.Chat.SendAsync(7, text, TestTime.Limit);

    private async Task PassBackoffsAsync(int count)
    {
        for (var failures = 1; failures <= count; failures++)
        {
            await Rig.Time.PassBackoffAsync(failures);
        }
    }
}
