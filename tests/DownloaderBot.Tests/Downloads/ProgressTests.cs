using DownloaderBot.Chat;
using DownloaderBot.Downloads;
using DownloaderBot.Local;
using DownloaderBot.Tests.Support;
using MemoryWatch;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace DownloaderBot.Tests.Downloads;

public sealed class ProgressTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void It_shows_a_bar_the_speed_and_the_time_left() =>
        ProgressText.Of("Downloading a.bin", 36 << 20, 60 << 20, TimeSpan.FromSeconds(3)).Should().Be(
            "Downloading a.bin\n▓▓▓▓▓▓░░░░ 60 % | 36.0 MB of 60.0 MB\n12.0 MB/s, 2 s left");

    [Theory]
    [InlineData(0, 0, "▓▓▓▓▓▓▓▓▓▓ 100 % | 0.0 MB of 0.0 MB")]
    [InlineData(0, 100, "░░░░░░░░░░ 0 % | 0.0 MB of 100.0 MB")]
    [InlineData(99, 100, "▓▓▓▓▓▓▓▓▓░ 99 % | 99.0 MB of 100.0 MB\n99.0 MB/s, 1 s left")]
    [InlineData(200, 100, "▓▓▓▓▓▓▓▓▓▓ 100 % | 200.0 MB of 100.0 MB\n200.0 MB/s, 0 s left")]
    [InlineData(1, 100, "\n1.0 MB/s, 1 min 39 s left")]
    [InlineData(1, 7201, "\n1.0 MB/s, 2 h 0 min left")]
    public void It_makes_sense_at_every_point(int done, int total, string expected)
    {
        var text = ProgressText.Of("x", (long)done << 20, (long)total << 20, TimeSpan.FromSeconds(1));

        text.Should().EndWith(expected);
    }

    [Fact]
    public async Task It_is_one_message_edited_at_most_every_three_seconds_and_once_at_the_end()
    {
        var chat = new EditCounter(_time);
        await using var progress = new ProgressMessage(1, chat, _time, NullLogger.Instance);
        var done = 0L;
        await progress.ShowAsync("Downloading", 100 << 20, () => done, OperationScope.None, default);
        for (var second = 0; second < 30; second++)
        {
            done += 1 << 20;
            if (second == 15)
            {
                await progress.ShowAsync("Uploading", 100 << 20, () => done, OperationScope.None, default);
            }

            var edits = chat.Edits.Count;
            _time.Advance(TimeSpan.FromSeconds(1));
            await chat.SettledAsync(edits + (second % 3 == 2 ? 1 : 0));
        }

        (await progress.TryEndAsync("Done", default)).Should().BeTrue();

        chat.Sent.Should().Be(1);
        chat.Edits.Should().HaveCount(11);
        chat.Edits[..^1].Zip(chat.Edits.Skip(1), (a, b) => b.At - a.At).SkipLast(1).Should().OnlyContain(gap => gap >= ProgressMessage.Interval);
        chat.Edits[0].Text.Should().StartWith("Downloading\n");
        chat.Edits[8].Text.Should().StartWith("Uploading\n");
        chat.Edits[^1].Text.Should().Be("Done");
    }

    [Fact]
    public async Task A_text_that_has_not_changed_is_not_sent_again()
    {
        var chat = new EditCounter(_time);
        await using var progress = new ProgressMessage(1, chat, _time, NullLogger.Instance);
        await progress.ShowAsync("Waiting", 100, () => 0, OperationScope.None, default);

        _time.Advance(TimeSpan.FromSeconds(3));
        _time.Advance(TimeSpan.FromSeconds(3));
        await progress.TryEndAsync("Done", default);

        chat.Edits.Select(e => e.Text).Should().Equal("Done");
    }

    [Fact]
    public async Task An_edit_that_hangs_holds_up_nothing()
    {
        var chat = new EditCounter(_time) { HangsOnEdit = true };
        await using var progress = new ProgressMessage(1, chat, _time, NullLogger.Instance);
        var done = 0L;
        await progress.ShowAsync("Downloading", 100, () => done++, OperationScope.None, default);
        _time.Advance(TimeSpan.FromSeconds(3));
        await chat.SettledAsync(1);

        var end = progress.TryEndAsync("Done", default);
        await chat.SettledAsync(2);
        _time.Advance(TimeSpan.FromSeconds(10));

        (await end.WaitAsync(TestTime.Limit)).Should().BeFalse();
    }

    [Fact]
    public async Task An_edit_belongs_to_the_step_that_it_shows()
    {
        using var watch = MemoryWatcher.Start();
        var chat = new EditCounter(_time) { AllocatesOnEdit = 4 << 20 };
        await using var progress = new ProgressMessage(1, chat, _time, NullLogger.Instance);
        var done = 0L;
        using var download = await ShowAsync("Download");
        using var upload = await ShowAsync("Upload");
        for (var edits = 1; edits <= 2; edits++)
        {
            _time.Advance(TimeSpan.FromSeconds(3));
            await chat.SettledAsync(edits);
        }

        await progress.TryEndAsync("Done", default);
        download.Allocation.AllocatedBytes.Should().BeLessThan(4 << 20);
        upload.Allocation.AllocatedBytes.Should().BeInRange(8 << 20, 12 << 20);

        // Asynchronous, so that the test's own flow works for neither.
        async Task<OperationScope> ShowAsync(string step)
        {
            var scope = watch.Track(step);
            await progress.ShowAsync(step, 100, () => done++, scope, default);
            return scope;
        }
    }

    [Fact]
    public async Task Edits_that_fail_never_fail_the_download()
    {
        await using var bot = await RunningBot.StartAsync(change: services => services.AddSingleton<IChat>(provider =>
            new HookedChat(provider.GetRequiredService<LocalChat>()) { BeforeEdit = () => throw new IOException("429 Too Many Requests") }));
        var user = await bot.LoggedInAsync(1);

        await user.TypeAsync("/dl https://t.me/demo/5", TestTime.Limit);
        await user.ReceiveAsync(TestTime.Limit);
        await bot.ShouldBeCleanAsync(user);

        bot.Ended.Should().Equal("Download Completed | User 1 | File size: 5.0 MB", "Upload Completed | User 1 | File size: 5.0 MB");
    }

    [Fact]
    public async Task A_failure_that_cannot_be_edited_in_is_sent()
    {
        await using var bot = await RunningBot.StartAsync(change: services => services.AddSingleton<IChat>(provider =>
            new HookedChat(provider.GetRequiredService<LocalChat>()) { BeforeEdit = () => throw new IOException("429 Too Many Requests") }));
        var user = await bot.LoggedInAsync(1);

        await user.TypeAsync("/dl https://t.me/short/5", TestTime.Limit);

        (await user.HearAsync("should have had", TestTime.Limit)).IsEdit.Should().BeFalse();
    }

    [Theory]
    [InlineData("demo/5", "Done: demo-5.bin (5.0 MB)")]
    [InlineData("short/5", "The file should have had")]
    public async Task The_message_ends_as_the_download_ends(string post, string end)
    {
        await using var bot = await RunningBot.StartAsync();
        var user = await bot.LoggedInAsync(1);

        await user.TypeAsync($"/dl https://t.me/{post}", TestTime.Limit);
        var last = await user.HearAsync(end, TestTime.Limit);

        last.IsEdit.Should().BeTrue();
        user.Conversation.Messages.Single(m => m.Sequence == last.MessageId).Text.Should().Be("Your download starts now.");
    }

    [Fact]
    public async Task A_cancelled_download_says_so_in_its_message()
    {
        await using var bot = await RunningBot.StartAsync();
        var hold = bot.HoldDownloads();
        var user = await bot.LoggedInAsync(1);
        await user.TypeAsync("/dl https://t.me/demo/5", TestTime.Limit);
        await hold.Reached;

        await user.TypeAsync("/canceldownload", TestTime.Limit);

        (await user.HearAsync("Cancelled: https://t.me/demo/5", TestTime.Limit)).IsEdit.Should().BeTrue();
    }

    [Fact]
    public async Task A_download_is_one_message_from_its_start_to_its_end_in_this_order()
    {
        await using var bot = await RunningBot.StartAsync();
        var user = await bot.LoggedInAsync(1);

        await user.TypeAsync("/dl https://t.me/demo/5", TestTime.Limit);
        await user.HearAsync("Done", TestTime.Limit);

        var texts = user.Conversation.Messages.Where(m => m.File is null).Select(m => m.Text.Split('\n')[0]).ToList();
        texts[..2].Should().Equal("Your download starts now.", "Downloading demo-5.bin");
        texts[^1].Should().StartWith("Done");
        user.Conversation.Messages.Count(m => m is { File: null, IsEdit: false }).Should().Be(1);
    }

    [Fact]
    public async Task Who_waits_for_a_session_is_not_told_that_it_starts_now()
    {
        await using var bot = await RunningBot.StartAsync(["--Bot:MaxSessions=1"]);
        var busy = await bot.Sessions.AcquireAsync(99, TestTime.Limit);
        var user = await bot.LoggedInAsync(1);

        (await user.AskAsync("/dl https://t.me/demo/5", TestTime.Limit)).Should().StartWith("All sessions are in use. Your download starts when one is free.");
        user.Conversation.Messages.Should().ContainSingle();
        busy.Dispose();
        await user.HearAsync("Done", TestTime.Limit);

        user.Conversation.Messages.Select(m => m.Text.Split('\n')[0]).Should().ContainInOrder("Your download starts now.", "Downloading demo-5.bin");
        await bot.Sessions.TryDisconnectAsync(99);
        await bot.ShouldBeCleanAsync(user);
    }

    private sealed class EditCounter(TimeProvider time) : IChat
    {
        private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _calls;

        public long MaxFileBytes => long.MaxValue;

        public int Sent { get; private set; }

        public bool HangsOnEdit { get; init; }

        public int AllocatesOnEdit { get; init; }

        public List<(DateTimeOffset At, string Text)> Edits { get; } = [];

        /// <summary>Waits until there were so many edits.</summary>
        public async Task SettledAsync(int edits)
        {
            while (Volatile.Read(ref _calls) < edits)
            {
                var changed = Volatile.Read(ref _changed);
                if (Volatile.Read(ref _calls) < edits)
                {
                    await changed.Task.WaitAsync(TestTime.Limit);
                }
            }
        }

        public Task<long> SendAsync(long userId, string text, CancellationToken cancel) => Task.FromResult((long)++Sent);

        public Task EditAsync(long userId, long messageId, string text, CancellationToken cancel)
        {
            GC.KeepAlive(new byte[AllocatesOnEdit]);
            Edits.Add((time.GetUtcNow(), text));
            Interlocked.Increment(ref _calls);
            Interlocked.Exchange(ref _changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
            return HangsOnEdit ? Task.Delay(Timeout.InfiniteTimeSpan, time, cancel) : Task.CompletedTask;
        }

        public Task DeleteAsync(long userId, long messageId, CancellationToken cancel) => throw new NotSupportedException();

        public IAsyncEnumerable<IncomingMessage> ReadAsync(CancellationToken cancel) => throw new NotSupportedException();

        public Task SendFileAsync(long userId, OutgoingFile file, Stream content, CancellationToken cancel) =>
            throw new NotSupportedException();
    }
}
