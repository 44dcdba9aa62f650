using System.Runtime.CompilerServices;
using DownloaderBot.Sessions;
using DownloaderBot.Telegram.Sessions;
using DownloaderBot.Tests.Support;
using DownloaderBot.Tests.Telegram.Sessions.StandIn;
using TL.Methods;
using static DownloaderBot.Tests.Telegram.Sessions.Scripts;
using static DownloaderBot.Tests.Telegram.Sessions.SessionsHost;

namespace DownloaderBot.Tests.Telegram.Sessions;

public sealed class TelegramDisconnectTests
{
    private static readonly PostLink Link = new("demo", 5);

    [Fact]
    public async Task A_disposed_session_leaves_no_connection_of_either_kind()
    {
        await using var host = await WithPostAsync();
        var session = await host.ConnectAsync();
        await session.DownloadAsync(await session.FindMediaAsync(Link, TestTime.Limit), new MemoryStream(), TestTime.Limit);
        host.Server.Connections.Should().Be(2);

        await session.DisposeAsync();

        await host.Server.WaitForConnectionsAsync(0);
    }

    [Fact]
    public async Task A_disposed_session_can_be_collected()
    {
        await using var host = await WithPostAsync();
        var reference = await UseAsync(host);

        // The library itself holds a client for five seconds after its first call, by a timer.
        var limit = TestTime.Limit;
        while (reference.IsAlive)
        {
            limit.ThrowIfCancellationRequested();
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, limit);
            GC.Collect();
        }
    }

    [Fact]
    public async Task A_connection_for_files_that_was_closed_for_idleness_is_made_again_alone()
    {
        await using var host = await LoggedInAsync();
        await using var connection = await host.Get<SessionOpener>().OpenAsync(UserId, TestTime.Limit);
        var first = await connection.CallForFilesAsync(2, Task.FromResult, TestTime.Limit);
        var accepted = host.Server.Accepted;
        host.Server.CutForFiles();
        var limit = TestTime.Limit;
        while (!first.Disconnected)
        {
            limit.ThrowIfCancellationRequested();
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, limit);
        }

        var second = await connection.CallForFilesAsync(2, Task.FromResult, TestTime.Limit);

        second.Should().NotBeSameAs(first);
        host.Server.Accepted.Should().Be(accepted + 1);
        connection.IsUsable.Should().BeTrue();
    }

    [Fact]
    public async Task What_is_disposed_while_it_connects_leaves_nothing_either()
    {
        await using var host = await LoggedInAsync();
        var swallowed = new TaskCompletionSource();
        host.Server.Script = Nth<Help_GetConfig>(1, Answer.Silence, swallowed);
        using var cancel = new CancellationTokenSource();
        var connect = host.Get<IUserSessionFactory>().LogInAsync(UserId, cancel.Token);
        await swallowed.Task.WaitAsync(TestTime.Limit);

        await cancel.CancelAsync();

        await connect.Invoking(c => c).Should().ThrowAsync<OperationCanceledException>();
        await host.Server.WaitForConnectionsAsync(0);
        File.Exists(host.File).Should().BeTrue();
    }

    [Fact]
    public async Task Logging_out_tells_Telegram_and_deletes_the_file()
    {
        await using var host = await LoggedInAsync();

        await host.Logins.ForgetAsync(UserId, TestTime.Limit);

        host.Server.CallsOf<Auth_LogOut>().Should().ContainSingle();
        Directory.GetFiles(host.Vault.Folder).Should().BeEmpty();
        await host.Server.WaitForConnectionsAsync(0);
    }

    [Fact]
    public async Task Logging_out_of_a_session_that_is_over_is_no_fault()
    {
        await using var host = await LoggedInAsync();
        host.Server.RevokeSessions();

        await host.Logins.ForgetAsync(UserId, TestTime.Limit);
        await host.Logins.ForgetAsync(UserId, TestTime.Limit);

        Directory.GetFiles(host.Vault.Folder).Should().BeEmpty();
    }

    [Fact]
    public async Task Logging_out_without_a_server_deletes_the_file_and_says_what_is_left_to_do()
    {
        await using var host = await LoggedInAsync();
        host.Server.GoAway();

        await host.Logins.Awaiting(l => l.ForgetAsync(UserId, TestTime.Limit)).Should().ThrowAsync<BotException>().WithMessage("*Settings, Devices, DownloaderBot*");

        Directory.GetFiles(host.Vault.Folder).Should().BeEmpty();
    }

    private static async Task<SessionsHost> WithPostAsync()
    {
        var host = await LoggedInAsync();
        host.Server.Posts.AddChannel(100, Link.Channel);
        host.Server.Posts.AddPost(100, Link.PostId, host.Server.Posts.AddDocument(9, 1000));
        return host;
    }

    /// <summary>A frame of its own, so that nothing on the stack refers to the client.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> UseAsync(SessionsHost host)
    {
        WeakReference? reference = null;
        await using var connection = await host.Get<SessionOpener>().OpenAsync(UserId, TestTime.Limit);
        await connection.CallAsync(
            client =>
            {
                reference = new(client);
                return Task.FromResult(0);
            },
            TestTime.Limit);
        await connection.CallForFilesAsync(2, _ => Task.FromResult(0), TestTime.Limit);
        return reference!;
    }
}
