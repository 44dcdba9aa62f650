using DownloaderBot.Sessions;
using DownloaderBot.Telegram.Sessions;
using DownloaderBot.Tests.Support;
using DownloaderBot.Tests.Telegram.Sessions.StandIn;
using Microsoft.Extensions.Time.Testing;
using TL.Methods;
using static DownloaderBot.Tests.Telegram.Sessions.Downloads;
using static DownloaderBot.Tests.Telegram.Sessions.Scripts;

namespace DownloaderBot.Tests.Telegram.Sessions;

public sealed class TelegramInterruptionTests
{
    private const int Part = MediaDownload.PartBytes;

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

        await session.Invoking(DownloadAsync).Should().ThrowAsync<ConnectionLostException>();
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
        await session.Invoking(DownloadAsync).Should().ThrowAsync<ConnectionLostException>();
        host.Server.SpoilKeyExchanges(0);

        await session.DisposeAsync();
        await host.RestartAsync();

        await using var later = await host.ConnectAsync();
        (await DownloadAsync(later)).Should().HaveCount(Part);
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
}
