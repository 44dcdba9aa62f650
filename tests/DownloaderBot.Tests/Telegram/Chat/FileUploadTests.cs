using DownloaderBot.Chat;
using DownloaderBot.Sessions;
using DownloaderBot.Tests.Support;
using DownloaderBot.Tests.Telegram.Chat.Support;

namespace DownloaderBot.Tests.Telegram.Chat;

public sealed class FileUploadTests : TelegramTest
{
    private const int Megabyte = 1 << 20;

    [Theory]
    [InlineData(1, "file.bin")]
    [InlineData(81_920, "два слова.txt")]
    [InlineData(5_000_001, "📊 50% & more; a=b.mp4")]
    public async Task A_file_arrives_as_it_is_with_its_name_and_its_length_said_before(int length, string name)
    {
        using var file = new PatternStream(length);

        await SendAsync(file, name);

        var document = Telegram.Calls.Single().Document!;
        (document.Name, document.Length, document.Sha256).Should().Be((name, length, PatternStream.Sha256(0, length)));
        document.AnnouncedBytes.Should().BeInRange(length, length + 1000);
        Telegram.Calls.Single().Text("chat_id").Should().Be("7");
    }

    [Fact]
    public async Task A_large_file_goes_through_and_is_never_in_memory()
    {
        const int Length = 128 * Megabyte;
        using var file = new PatternStream(Length);
        var readAtFirstByte = new TaskCompletionSource<long>();
        Telegram.UploadGate = (_, _) =>
        {
            readAtFirstByte.TrySetResult(file.Position);
            return Task.CompletedTask;
        };
        var before = GC.GetTotalAllocatedBytes(precise: true);

        await SendAsync(file);

        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        Telegram.Calls.Single().Document!.Sha256.Should().Be(PatternStream.Sha256(0, Length));
        (await readAtFirstByte.Task).Should().BeLessThan(Length / 4, "the first bytes are gone before the last are read");
        allocated.Should().BeLessThan(Length / 4, "both ends together, and the server counts it alone");
    }

    [Theory]
    [InlineData(null, 50)]
    [InlineData("http://localhost:8081", 2000)]
    public void A_server_of_ones_own_takes_more(string? server, long megabytes) =>
        TelegramChatOptionsTests.Read(server: server).MaxFileBytes.Should().Be(megabytes * Megabyte);

    [Fact]
    public async Task What_is_too_large_is_refused_before_a_byte_of_it_is_sent()
    {
        using var file = new PatternStream(Rig.Chat.MaxFileBytes + 1);

        await this.Awaiting(_ => SendAsync(file)).Should().ThrowAsync<FileTooLargeException>()
            .WithMessage("The file is 2000.0 MB; I can send at most 2000.0 MB.");

        file.Position.Should().Be(0);
        Telegram.Calls.Should().BeEmpty();
    }

    [Fact]
    public async Task A_file_that_was_not_taken_is_sent_again_from_where_it_stood()
    {
        Telegram.Fail("sendDocument", Faults.TooMany(9), Faults.Cut);
        using var file = new PatternStream(Megabyte) { Position = 1000 };

        var sending = Rig.Chat.SendFileAsync(7, "tail.bin", Megabyte - 1000, file, TestTime.Limit);
        await Rig.Time.PassAsync(9);
        await Rig.Time.PassBackoffAsync(2);
        await sending;

        Telegram.Calls.Should().HaveCount(3).And.OnlyContain(
            call => call.Document!.Length == Megabyte - 1000 && call.Document.Sha256 == PatternStream.Sha256(1000, Megabyte - 1000));
    }

    [Theory]
    [InlineData("no JSON", "<html></html>")]
    [InlineData("no message", """{"ok":true,"result":{"message_id":"of another kind"}}""")]
    [InlineData("nothing", """{"ok":true}""")]
    [InlineData("cut", null)]
    public async Task A_file_that_was_taken_is_not_sent_again_though_the_answer_cannot_be_read(string how, string? json)
    {
        Telegram.Fail("sendDocument", json is null ? Faults.HalfAnAnswer : Faults.Json(200, json));
        using var file = new PatternStream(Megabyte);

        await SendAsync(file);

        Telegram.Calls.Should().ContainSingle(how);
        Rig.Log.Should().ContainSingle().Which.Should().Be(
            "Warning: Telegram answered 200 with something that is not of the Bot API; the call for user 7 counts as carried out and is not repeated");
    }

    [Fact]
    public async Task The_file_stays_open_for_whoever_owns_it()
    {
        await using var file = new MemoryStream(new byte[10]);

        await Rig.Chat.SendFileAsync(7, "file.bin", 10, file, TestTime.Limit);

        file.CanRead.Should().BeTrue();
    }

    [Theory]
    [InlineData(413, "Request Entity Too Large")]
    [InlineData(400, "Bad Request: file must be non-empty")]
    public async Task What_Telegram_does_not_take_is_said_to_the_user(int code, string description)
    {
        Telegram.Fail("sendDocument", Faults.Error(code, description));
        using var file = new PatternStream(10);

        await this.Awaiting(_ => SendAsync(file)).Should().ThrowExactlyAsync<BotException>()
            .WithMessage($"I could not send you file.bin: Telegram answered {code}: {description}. Please try again later.");
        Rig.Log.Should().ContainSingle(line => line.StartsWith("Warning: A file for user 7 was not sent: Telegram answered"));
    }

    [Fact]
    public async Task A_disk_that_fails_is_not_taken_for_a_connection_that_does()
    {
        using var file = new PatternStream(10) { BeforeRead = () => throw new IOException("bad sector") };

        await this.Awaiting(_ => SendAsync(file)).Should().ThrowAsync<DownloaderBot.Storage.StorageException>();
        Telegram.Calls.Should().BeEmpty("it is not tried again");
    }

    [Fact]
    public async Task An_upload_that_gets_on_has_all_the_time_it_needs()
    {
        var reads = 0;
        using var file = new PatternStream(4 * Megabyte);
        file.BeforeRead = () =>
        {
            reads++;
            Rig.Time.Advance(TimeSpan.FromSeconds(119));
            return Task.CompletedTask;
        };

        await SendAsync(file);

        reads.Should().BeGreaterThan(20, "that is more than half an hour");
        Telegram.Calls.Single().Document!.Length.Should().Be(4 * Megabyte);
    }

    [Fact]
    public async Task An_upload_that_stands_still_is_given_up_after_two_minutes()
    {
        using var stalls = new SemaphoreSlim(0);
        using var file = new PatternStream(Megabyte);
        var never = new TaskCompletionSource();
        file.BeforeRead = () =>
        {
            if (file.Position == 0)
            {
                return Task.CompletedTask;
            }

            stalls.Release();
            return never.Task;
        };

        var sending = SendAsync(file);
        for (var tries = 1; tries <= 4; tries++)
        {
            await stalls.WaitAsync(TestTime.Limit);
            Rig.Time.Advance(TimeSpan.FromMinutes(2));
            if (tries < 4)
            {
                await Rig.Time.PassBackoffAsync(tries);
            }
        }

        await sending.Awaiting(s => s).Should().ThrowAsync<ChatAwayException>()
            .WithMessage("I could not send you file.bin: Telegram did not answer in time. Please try again later.");
        file.Position.Should().BeLessThan(file.Length);
    }

    [Fact]
    public async Task One_that_is_all_gone_may_be_answered_later()
    {
        var answer = new Gate();
        Telegram.Fail("sendDocument", async context =>
        {
            await answer.PassAsync(context.RequestAborted);
            await BotApiAnswer.OkAsync(context, BotApiMethods.Message(1, 7, null));
        });
        using var file = new PatternStream(Megabyte);

        var sending = SendAsync(file);
        await answer.Reached;
        Rig.Time.Advance(TimeSpan.FromMinutes(5));
        answer.Open();
        await sending;

        Telegram.Calls.Should().ContainSingle();
    }

    [Fact]
    public async Task An_upload_that_is_cancelled_ends_at_once()
    {
        var gate = new Gate();
        Telegram.UploadGate = (_, cancel) => gate.PassAsync(cancel);
        using var file = new PatternStream(64 * Megabyte);
        using var cancel = new CancellationTokenSource();

        var sending = Rig.Chat.SendFileAsync(7, "file.bin", file.Length, file, cancel.Token);
        await gate.Reached;
        await cancel.CancelAsync();

        await sending.Awaiting(s => s).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task A_file_goes_with_its_caption()
    {
        using var file = new PatternStream(10);

        await Rig.Chat.SendFileAsync(7, new("file.bin", 10, "Look at <this> & that"), file, TestTime.Limit);

        var call = Telegram.Calls.Single();
        (call.Method, call.Text("caption"), call.Text("parse_mode")).Should().Be(("sendDocument", "Look at <this> & that", null));
    }

    [Fact]
    public async Task A_video_goes_as_a_video()
    {
        using var file = new PatternStream(Megabyte);

        await Rig.Chat.SendFileAsync(
            7, new("film.mp4", Megabyte, "A film", new VideoInfo(1280, 720, TimeSpan.FromSeconds(90.6))), file, TestTime.Limit);

        var call = Telegram.Calls.Single();
        (call.Method, call.Text("caption"), call.Number("width"), call.Number("height"), call.Number("duration")).Should().Be(("sendVideo", "A film", 1280, 720, 90));
        (call.Document!.Name, call.Document.Sha256).Should().Be(("film.mp4", PatternStream.Sha256(0, Megabyte)));
    }

    [Fact]
    public async Task A_caption_that_is_too_long_for_a_file_follows_as_a_text()
    {
        using var file = new PatternStream(10);
        var caption = new string('x', 1025);

        await Rig.Chat.SendFileAsync(7, new("file.bin", 10, caption), file, TestTime.Limit);

        Telegram.Calls.Select(c => (c.Method, c.Text("caption"), c.Text("text"))).Should().Equal(("sendDocument", null, null), ("sendMessage", null, caption));
    }

    [Fact]
    public async Task A_long_caption_that_cannot_be_sent_costs_the_file_nothing()
    {
        Telegram.Fail("sendMessage", Faults.Error(400, "Bad Request"));
        using var file = new PatternStream(10);

        await Rig.Chat.SendFileAsync(7, new("file.bin", 10, new string('x', 1025)), file, TestTime.Limit);

        Telegram.Calls.Count(c => c.Method == "sendDocument").Should().Be(1);
        Rig.Log.Should().Contain(line => line.Contains("Could not notify user 7"));
    }

    private Task SendAsync(PatternStream file, string name = "file.bin") =>
        Rig.Chat.SendFileAsync(7, name, file.Length, file, TestTime.Limit);
}
