using System.Runtime.CompilerServices;
using DownloaderBot.Sessions;
using DownloaderBot.Telegram.Sessions;
using DownloaderBot.Tests.Support;
using DownloaderBot.Tests.Telegram.Sessions.StandIn;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using TL.Methods;
using static DownloaderBot.Tests.Telegram.Sessions.Scripts;
using static DownloaderBot.Tests.Telegram.Sessions.SessionsHost;

namespace DownloaderBot.Tests.Telegram.Sessions;

public sealed class TelegramSessionTests
{
    private static readonly PostLink Link = new("demo", 5);

    [Fact]
    public async Task A_login_survives_a_restart_without_another_code()
    {
        await using var host = await LoggedInAsync();
        await host.RestartAsync();

        await using var session = await host.ConnectAsync();

        host.Server.CallsOf<Auth_SendCode>().Should().ContainSingle();
        host.Server.CallsOf<Users_GetUsers>().Should().ContainSingle();
    }

    [Fact]
    public async Task Without_a_stored_session_the_user_is_asked_to_log_in()
    {
        await using var host = await StartAsync();

        await host.Awaiting(h => h.ConnectAsync()).Should().ThrowAsync<SessionEndedException>().WithMessage("*/login again*");

        host.Server.Accepted.Should().Be(0);
    }

    [Fact]
    public async Task A_damaged_file_is_set_aside_and_its_user_asked_to_log_in()
    {
        await using var host = await LoggedInAsync();
        var bytes = await File.ReadAllBytesAsync(host.File);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(host.File, bytes);
        await host.RestartAsync();

        await host.Awaiting(h => h.ConnectAsync()).Should().ThrowAsync<SessionEndedException>().WithMessage("*damaged*/login again*");

        File.Exists(host.File).Should().BeFalse();
        (await File.ReadAllBytesAsync(host.File + ".aside")).Should().Equal(bytes);
        await host.LogInAsync();
        await using var session = await host.ConnectAsync();
    }

    [Fact]
    public async Task A_wrong_key_stops_the_start_with_one_sentence_and_loses_nothing()
    {
        await using var host = await LoggedInAsync();
        var before = await File.ReadAllBytesAsync(host.File);
        var right = host.Options;
        host.Options = StandInOptions.For(host.Server, sessionKey: new byte[TelegramSessionOptions.SessionKeyBytes]);

        var stopped = await host.Awaiting(h => h.RestartAsync()).Should().ThrowAsync<OptionsValidationException>();

        stopped.Which.Failures.Should().ContainSingle().Which.Should().Contain("TELEGRAM_SESSION_KEY is not the key").And.Contain("set that one again");
        (await File.ReadAllBytesAsync(host.File)).Should().Equal(before);
        host.Options = right;
        await host.RestartAsync();
        await using var session = await host.ConnectAsync();
    }

    [Fact]
    public async Task A_revoked_session_is_gone_and_no_code_is_asked_for()
    {
        await using var host = await LoggedInAsync();
        host.Server.RevokeSessions();

        await host.Awaiting(h => h.ConnectAsync()).Should().ThrowAsync<SessionEndedException>().WithMessage("*ended your session*/login again*");

        File.Exists(host.File).Should().BeFalse();
        host.Server.CallsOf<Auth_SendCode>().Should().ContainSingle("that of the login before");
        await host.Server.WaitForConnectionsAsync(0);
    }

    [Fact]
    public async Task A_session_whose_key_the_server_does_not_know_is_set_aside()
    {
        await using var host = await LoggedInAsync();
        host.Server.ForgetKeys();

        await host.Awaiting(h => h.ConnectAsync()).Should().ThrowAsync<SessionEndedException>();

        File.Exists(host.File).Should().BeFalse();
        File.Exists(host.File + ".aside").Should().BeTrue("a server of another kind would have said so too");
    }

    [Fact]
    public async Task A_server_that_is_away_is_told_and_the_session_kept()
    {
        await using var host = await LoggedInAsync();
        host.Server.GoAway();

        await host.Awaiting(h => h.ConnectAsync()).Should().ThrowAsync<BotException>().WithMessage("*cannot reach Telegram*");

        File.Exists(host.File).Should().BeTrue();
    }

    [Fact]
    public async Task A_server_that_never_answers_is_not_waited_for_for_ever()
    {
        var time = new FakeTimeProvider();
        await using var host = new SessionsHost { Time = time };
        await host.RestartAsync();
        await host.LogInAsync();
        var swallowed = new TaskCompletionSource();
        host.Server.Script = Nth<Users_GetUsers>(1, Answer.Silence, swallowed);

        var connect = host.ConnectAsync();
        await swallowed.Task.WaitAsync(TestTime.Limit);
        time.Advance(host.Timeouts.Call);

        await using var session = await connect.WaitAsync(TestTime.Limit);
        await host.Server.WaitForConnectionsAsync(1);
    }

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

    [Fact]
    public async Task Each_user_has_a_session_and_a_file_of_their_own()
    {
        await using var host = await StartAsync();
        await host.LogInAsync(1);
        await host.LogInAsync(2);

        await using var first = await host.ConnectAsync(1);
        await using var second = await host.ConnectAsync(2);

        host.Server.Connections.Should().Be(2);
        Directory.GetFiles(host.Vault.Folder).Select(Path.GetFileName).Should().BeEquivalentTo("1.session", "2.session");
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
