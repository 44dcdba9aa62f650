using DownloaderBot.Sessions;
using DownloaderBot.Telegram.Sessions;
using DownloaderBot.Tests.Support;
using DownloaderBot.Tests.Telegram.Sessions.StandIn;
using TL.Methods;
using static DownloaderBot.Tests.Telegram.Sessions.Downloads;
using static DownloaderBot.Tests.Telegram.Sessions.Scripts;

namespace DownloaderBot.Tests.Telegram.Sessions;

public sealed class TelegramDownloadTests
{
    private const int Part = MediaDownload.PartBytes;

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
    public async Task What_the_library_allocates_is_told_part_by_part()
    {
        await using var host = await WithFileAsync(Part + 1000);
        await using var session = await host.ConnectAsync();
        var spent = new List<long>();

        await session.DownloadAsync(await session.FindMediaAsync(Link, TestTime.Limit), offset: 0, Stream.Null, spent.Add, TestTime.Limit);

        spent.Should().Equal((long)Part * MediaDownload.AllocatedPerByte, 1000L * MediaDownload.AllocatedPerByte);
    }

    [Fact]
    public async Task A_file_of_nothing_is_nothing()
    {
        await using var host = await WithFileAsync(0);
        await using var session = await host.ConnectAsync();

        (await DownloadAsync(session)).Should().BeEmpty();
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
    public async Task A_connection_that_breaks_while_a_reference_is_renewed_is_made_again()
    {
        await using var host = await WithFileAsync(2 * Part);
        await using var session = await host.ConnectAsync();
        var media = await session.FindMediaAsync(Link, TestTime.Limit);
        host.Server.Posts.FileReference = 2;
        Post(host, 2 * Part);
        host.Server.Script = Nth<Channels_GetMessages>(1, Answer.Cut);
        var file = new MemoryStream();

        await session.DownloadAsync(media, file, TestTime.Limit);

        file.ToArray().Should().Equal(StandInPosts.Content(FileId, 0, 2 * Part));
        host.Server.CallsOf<Channels_GetMessages>().Should().HaveCount(3);
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
}
