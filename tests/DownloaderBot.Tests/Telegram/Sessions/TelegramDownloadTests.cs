using DownloaderBot.Sessions;
using DownloaderBot.Telegram.Sessions;
using DownloaderBot.Tests.Support;
using DownloaderBot.Tests.Telegram.Sessions.StandIn;
using Microsoft.Extensions.Time.Testing;
using TL.Methods;
using static DownloaderBot.Tests.Telegram.Sessions.Scripts;

namespace DownloaderBot.Tests.Telegram.Sessions;

public sealed class TelegramDownloadTests
{
    private const int Part = MediaDownload.PartBytes;
    private const long FileId = 9;

    private static readonly PostLink Link = new("demo", 5);

    [Theory]
    [InlineData(1)]
    [InlineData(Part - 1)]
    [InlineData(Part)]
    [InlineData(Part + 1)]
    [InlineData(3 * Part)]
    [InlineData(3 * Part + 12345)]
    public async Task A_file_comes_down_byte_for_byte(int bytes)
    {
        await using var host = await WithFileAsync(bytes);
        await using var session = await host.ConnectAsync();

        var file = await DownloadAsync(session);

        file.Should().Equal(StandInPosts.Content(FileId, 0, bytes));
        PartsAsked(host).Should().HaveCount((bytes + Part - 1) / Part);
    }

    [Fact]
    public async Task A_file_of_nothing_is_nothing()
    {
        await using var host = await WithFileAsync(0);
        await using var session = await host.ConnectAsync();

        (await DownloadAsync(session)).Should().BeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task A_cut_at_any_part_is_resumed_where_it_was(int part)
    {
        await using var host = await WithFileAsync(4 * Part);
        await using var session = await host.ConnectAsync();
        host.Server.Script = Nth<Upload_GetFile>(part, Answer.Cut);

        var file = await DownloadAsync(session);

        file.Should().Equal(StandInPosts.Content(FileId, 0, 4 * Part));
        PartsAsked(host).Should().HaveCount(5, "only the part that was cut is asked for again").And.BeInAscendingOrder();
        host.Log.Text.Should().Contain($"goes on at {(part - 1) * Part} bytes");
    }

    [Fact]
    public async Task More_cuts_than_the_library_survives_are_resumed_too()
    {
        const int Cuts = 7;
        await using var host = await WithFileAsync(Cuts * Part);
        await using var session = await host.ConnectAsync();

        // Every other request: each part once, and then again.
        host.Server.Script = Parts((_, number) => number % 2 == 1 ? Answer.Cut : null);

        var file = await DownloadAsync(session);

        file.Should().Equal(StandInPosts.Content(FileId, 0, Cuts * Part));
        host.Server.Connections.Should().Be(2, "each broken client is gone, with both its connections");
    }

    [Fact]
    public async Task A_main_connection_that_is_cut_while_idle_is_no_matter()
    {
        await using var host = await WithFileAsync(Part);
        await using var session = await host.ConnectAsync();
        host.Server.CutAll();
        await host.Server.WaitForConnectionsAsync(0);

        (await DownloadAsync(session)).Should().HaveCount(Part);
    }

    [Fact]
    public async Task Without_a_server_it_ends_with_a_sentence_after_a_few_attempts()
    {
        await using var host = await WithFileAsync(3 * Part);
        await using var session = await host.ConnectAsync();
        host.Server.Script = call =>
        {
            if (call is Upload_GetFile { offset: Part })
            {
                host.Server.GoAway();
            }

            return Task.FromResult<Answer?>(null);
        };

        await session.Invoking(DownloadAsync).Should().ThrowAsync<DownloadCutException>();
    }

    [Fact]
    public async Task A_part_that_is_never_answered_is_given_up_and_asked_for_again_by_another_client()
    {
        var time = new FakeTimeProvider();
        await using var host = await WithFileAsync(3 * Part, time);
        await using var session = await host.ConnectAsync();
        var swallowed = new TaskCompletionSource();
        host.Server.Script = Nth<Upload_GetFile>(2, Answer.Silence, swallowed);
        var accepted = host.Server.Accepted;

        var download = DownloadAsync(session);
        await swallowed.Task.WaitAsync(TestTime.Limit);
        time.Advance(host.Timeouts.Part - TimeSpan.FromSeconds(1));
        download.IsCompleted.Should().BeFalse();
        time.Advance(TimeSpan.FromSeconds(1));

        (await download.WaitAsync(TestTime.Limit)).Should().Equal(StandInPosts.Content(FileId, 0, 3 * Part));
        PartsAsked(host).Should().Equal(0, Part, Part, 2 * Part);
        host.Server.Accepted.Should().Be(accepted + 3, "files, and then both connections of another client");
        await host.Server.WaitForConnectionsAsync(2);
    }

    [Fact]
    public async Task A_cancel_takes_effect_at_once_although_the_part_is_never_answered()
    {
        await using var host = await WithFileAsync(3 * Part);
        await using var session = await host.ConnectAsync();
        var swallowed = new TaskCompletionSource();
        host.Server.Script = Nth<Upload_GetFile>(2, Answer.Silence, swallowed);
        using var cancel = new CancellationTokenSource();
        var media = await session.FindMediaAsync(Link, TestTime.Limit);
        var download = session.DownloadAsync(media, new MemoryStream(), cancel.Token);
        await swallowed.Task.WaitAsync(TestTime.Limit);

        await cancel.CancelAsync();

        await download.Invoking(d => d.WaitAsync(TestTime.Limit)).Should().ThrowAsync<OperationCanceledException>();
        (await DownloadAsync(session)).Should().Equal(StandInPosts.Content(FileId, 0, 3 * Part), "the session is as good as before");
    }

    [Fact]
    public async Task A_cancel_while_the_connection_for_files_is_made_leaves_the_session_of_use()
    {
        await using var host = await WithFileAsync(Part);
        await using var session = await host.ConnectAsync();
        var media = await session.FindMediaAsync(Link, TestTime.Limit);
        var swallowed = new TaskCompletionSource();
        host.Server.Script = Nth<Help_GetConfig>(1, Answer.Silence, swallowed);
        using var cancel = new CancellationTokenSource();
        var download = session.DownloadAsync(media, new MemoryStream(), cancel.Token);
        await swallowed.Task.WaitAsync(TestTime.Limit);

        await cancel.CancelAsync();

        await download.Invoking(d => d.WaitAsync(TestTime.Limit)).Should().ThrowAsync<OperationCanceledException>();
        (await DownloadAsync(session)).Should().HaveCount(Part);
        await host.Server.WaitForConnectionsAsync(2);
    }

    [Fact]
    public async Task A_part_that_came_short_is_asked_for_again()
    {
        await using var host = await WithFileAsync(3 * Part);
        await using var session = await host.ConnectAsync();
        host.Server.Script = Nth<Upload_GetFile>(2, Answer.Of(StandInPosts.FilePart(FileId, Part, 1000)));

        (await DownloadAsync(session)).Should().Equal(StandInPosts.Content(FileId, 0, 3 * Part));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    public async Task A_file_that_is_shorter_than_announced_is_refused(int lastPart)
    {
        await using var host = await WithFileAsync(3 * Part);
        await using var session = await host.ConnectAsync();
        host.Server.Script = Parts((asked, _) => asked.offset == Part ? Answer.Of(StandInPosts.FilePart(FileId, Part, lastPart)) : null);

        await session.Invoking(DownloadAsync).Should().ThrowAsync<WrongLengthException>();
    }

    [Fact]
    public async Task A_file_that_is_longer_than_announced_is_refused()
    {
        await using var host = await WithFileAsync(Part + 10);
        await using var session = await host.ConnectAsync();
        host.Server.Script = Parts((asked, _) => asked.offset == Part ? Answer.Of(StandInPosts.FilePart(FileId, Part, 11)) : null);

        await session.Invoking(DownloadAsync).Should().ThrowAsync<WrongLengthException>();
    }

    [Theory]
    [InlineData("FLOOD_WAIT_30")]
    [InlineData("FLOOD_PREMIUM_WAIT_30")]
    public async Task A_long_wait_that_Telegram_asks_for_is_told_in_seconds_not_slept_through(string error)
    {
        await using var host = await WithFileAsync(3 * Part);
        await using var session = await host.ConnectAsync();
        host.Server.Script = Nth<Upload_GetFile>(2, Answer.Error(420, error));

        var told = await session.Invoking(DownloadAsync).Should().ThrowAsync<FloodWaitException>();

        told.Which.Message.Should().Contain("30 seconds");
        PartsAsked(host).Should().Equal(0, Part);
    }

    [Fact]
    public async Task A_wait_of_a_second_is_kept_without_a_word()
    {
        await using var host = await WithFileAsync(2 * Part);
        await using var session = await host.ConnectAsync();
        host.Server.Script = Nth<Upload_GetFile>(2, Answer.Error(420, "FLOOD_WAIT_1"));

        (await DownloadAsync(session)).Should().HaveCount(2 * Part);
    }

    [Fact]
    public async Task A_reference_that_expires_on_the_way_is_renewed()
    {
        await using var host = await WithFileAsync(3 * Part);
        await using var session = await host.ConnectAsync();
        host.Server.Script = Parts((asked, _) =>
        {
            if (asked.offset == Part && host.Server.Posts.FileReference == 1)
            {
                host.Server.Posts.FileReference = 2;
                Post(host, 3 * Part);
            }

            return null;
        });

        (await DownloadAsync(session)).Should().Equal(StandInPosts.Content(FileId, 0, 3 * Part));
    }

    [Fact]
    public async Task A_reference_that_expires_because_the_post_was_edited_ends_the_download()
    {
        await using var host = await WithFileAsync(3 * Part);
        await using var session = await host.ConnectAsync();
        host.Server.Script = Parts((asked, _) =>
        {
            if (asked.offset == Part)
            {
                host.Server.Posts.FileReference = 2;
                Post(host, 3 * Part, fileId: FileId + 1);
            }

            return null;
        });

        await session.Invoking(DownloadAsync).Should().ThrowAsync<DownloadCutException>();
    }

    [Fact]
    public async Task A_reference_that_never_counts_ends_the_download()
    {
        await using var host = await WithFileAsync(3 * Part);
        await using var session = await host.ConnectAsync();
        host.Server.Script = Always<Upload_GetFile>(Answer.Error(400, "FILE_REFERENCE_EXPIRED"));

        await session.Invoking(DownloadAsync).Should().ThrowAsync<DownloadCutException>();
    }

    [Fact]
    public async Task A_file_in_another_data_centre_is_fetched_there()
    {
        await using var host = await WithFileAsync(2 * Part, dataCentre: StandInPosts.OtherDataCentre);
        await using var session = await host.ConnectAsync();

        (await DownloadAsync(session)).Should().Equal(StandInPosts.Content(FileId, 0, 2 * Part));

        host.Server.CallsOf<Auth_ExportAuthorization>().Should().ContainSingle();
    }

    [Fact]
    public async Task A_file_that_has_moved_to_another_data_centre_is_followed()
    {
        await using var host = await WithFileAsync(2 * Part);
        await using var session = await host.ConnectAsync();
        var media = await session.FindMediaAsync(Link, TestTime.Limit);
        host.Server.Posts.AddDocument(FileId, 2 * Part, dataCentre: StandInPosts.OtherDataCentre);
        var file = new MemoryStream();

        await session.DownloadAsync(media, file, TestTime.Limit);

        file.ToArray().Should().Equal(StandInPosts.Content(FileId, 0, 2 * Part));
    }

    [Fact]
    public async Task A_key_exchange_with_another_data_centre_that_fails_once_costs_nothing()
    {
        await using var host = await WithFileAsync(2 * Part, dataCentre: StandInPosts.OtherDataCentre);
        await using var session = await host.ConnectAsync();
        host.Server.SpoilKeyExchanges(1);

        (await DownloadAsync(session)).Should().HaveCount(2 * Part);

        await session.DisposeAsync();
        await host.RestartAsync();
        await using var later = await host.ConnectAsync();
        (await DownloadAsync(later)).Should().HaveCount(2 * Part);
    }

    [Fact]
    public async Task What_is_on_the_disk_can_be_read_at_any_moment_of_the_first_visit_to_a_data_centre()
    {
        // As the library saves it, a session in which a data centre has no key yet cannot be loaded again.
        await using var host = await WithFileAsync(Part, dataCentre: StandInPosts.OtherDataCentre);
        var session = await host.ConnectAsync();
        host.Server.SpoilKeyExchanges(10);
        await session.Invoking(DownloadAsync).Should().ThrowAsync<DownloadCutException>();
        host.Server.SpoilKeyExchanges(0);

        await session.DisposeAsync();
        await host.RestartAsync();

        await using var later = await host.ConnectAsync();
        (await DownloadAsync(later)).Should().HaveCount(Part);
    }

    [Fact]
    public async Task Nothing_more_is_fetched_than_the_disk_takes()
    {
        await using var host = await WithFileAsync(8 * Part);
        await using var session = await host.ConnectAsync();
        var media = await session.FindMediaAsync(Link, TestTime.Limit);
        var file = new BlockedStream { Gate = new() };
        var download = session.DownloadAsync(media, file, TestTime.Limit);
        await file.Gate.Reached;

        // Others go on meanwhile, so a further part would have been asked for by now.
        await session.FindMediaAsync(Link, TestTime.Limit);
        PartsAsked(host).Should().Equal(0);
        file.Gate.Open();
        await download;

        file.Length.Should().Be(8 * Part);
    }

    [Fact]
    public async Task A_disk_that_fails_is_not_taken_for_the_connection()
    {
        await using var host = await WithFileAsync(3 * Part);
        await using var session = await host.ConnectAsync();
        var media = await session.FindMediaAsync(Link, TestTime.Limit);
        var file = new BlockedStream { Writing = _ => throw new IOException("No space left on device") };

        await session.Invoking(s => s.DownloadAsync(media, file, TestTime.Limit)).Should().ThrowAsync<IOException>();

        PartsAsked(host).Should().Equal(0);
    }

    [Fact]
    public async Task A_session_that_is_revoked_in_the_middle_says_so_and_is_gone()
    {
        await using var host = await WithFileAsync(3 * Part);
        await using var session = await host.ConnectAsync();
        host.Server.Script = Parts((asked, _) =>
        {
            if (asked.offset == Part)
            {
                host.Server.RevokeSessions();
            }

            return null;
        });

        await session.Invoking(DownloadAsync).Should().ThrowAsync<SessionEndedException>().WithMessage("*ended your session*/login again*");

        File.Exists(host.File).Should().BeFalse();
        host.Server.CallsOf<Auth_SendCode>().Should().ContainSingle("nobody asked for another code");
        await host.Server.WaitForConnectionsAsync(0);
    }

    private static async Task<SessionsHost> WithFileAsync(long bytes, TimeProvider? time = null, int dataCentre = StandInPosts.MainDataCentre)
    {
        var host = new SessionsHost { Time = time ?? TimeProvider.System };
        await host.RestartAsync();
        await host.LogInAsync();
        host.Server.Posts.AddChannel(100, Link.Channel);
        Post(host, bytes, dataCentre: dataCentre);
        return host;
    }

    private static void Post(SessionsHost host, long bytes, long fileId = FileId, int dataCentre = StandInPosts.MainDataCentre) =>
        host.Server.Posts.AddPost(100, Link.PostId, host.Server.Posts.AddDocument(fileId, bytes, dataCentre: dataCentre));

    private static async Task<byte[]> DownloadAsync(IUserSession session)
    {
        var media = await session.FindMediaAsync(Link, TestTime.Limit);
        var file = new BlockedStream();
        await session.DownloadAsync(media, file, TestTime.Limit);
        return file.ToArray();
    }

    private static IEnumerable<long> PartsAsked(SessionsHost host) => host.Server.CallsOf<Upload_GetFile>().Select(c => c.offset);
}
