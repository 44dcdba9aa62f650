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
}
