using DownloaderBot.Sessions;
using DownloaderBot.Tests.Support;
using DownloaderBot.Tests.Telegram.Sessions.StandIn;
using TL;
using TL.Methods;
using static DownloaderBot.Tests.Telegram.Sessions.Scripts;
using static DownloaderBot.Tests.Telegram.Sessions.SessionsHost;

namespace DownloaderBot.Tests.Telegram.Sessions;

public sealed class TelegramLoginTests
{
    private const string Phone = "+4915798765432";
    private const string Password = "canary-passw0rd";

    [Fact]
    public async Task A_code_is_enough_where_there_is_no_password()
    {
        await using var host = await StartAsync();

        await using var login = await BeginAsync(host);
        login.Step.Should().Be(LoginStep.Code);
        File.Exists(host.File).Should().BeFalse("nothing is kept of a login that is not done");
        await login.AnswerAsync(host.Server.Account.Code, TestTime.Limit);

        login.Step.Should().Be(LoginStep.Done);
        File.Exists(host.File).Should().BeTrue();
        host.Server.CallsOf<Auth_SendCode>().Single().phone_number.Should().Be(Phone);
    }

    [Fact]
    public async Task A_wrong_code_is_asked_for_again()
    {
        await using var host = await StartAsync();
        await using var login = await BeginAsync(host);

        await login.AnswerAsync("11111", TestTime.Limit);
        login.Step.Should().Be(LoginStep.Code);
        await login.AnswerAsync(host.Server.Account.Code, TestTime.Limit);

        login.Step.Should().Be(LoginStep.Done);
        host.Server.CallsOf<Auth_SendCode>().Should().ContainSingle("a wrong code asks for no other");
    }

    [Fact]
    public async Task After_the_code_comes_the_password_where_there_is_one()
    {
        await using var host = await StartAsync();
        host.Server.Account.Password = new(Password);
        await using var login = await BeginAsync(host);

        await login.AnswerAsync(host.Server.Account.Code, TestTime.Limit);
        login.Step.Should().Be(LoginStep.Password);
        await login.AnswerAsync("wrong", TestTime.Limit);
        login.Step.Should().Be(LoginStep.Password);
        File.Exists(host.File).Should().BeFalse();
        await login.AnswerAsync(Password, TestTime.Limit);

        login.Step.Should().Be(LoginStep.Done);
        File.Exists(host.File).Should().BeTrue();
    }

    [Fact]
    public async Task A_code_by_mail_goes_back_as_one()
    {
        await using var host = await StartAsync();
        host.Server.Script = call => Task.FromResult(call switch
        {
            Auth_SendCode => Answer.Of(StandInApi.SendCode(new Auth_SentCodeTypeEmailCode { email_pattern = "a***@b.c", length = 5 })),
            Auth_SignIn { email_verification: EmailVerificationCode { code: "98713" }, phone_code: null } =>
                Answer.Of(new Auth_Authorization { user = host.Server.Account.User }),
            _ => null,
        });
        await using var login = await BeginAsync(host);

        await login.AnswerAsync("98713", TestTime.Limit);

        login.Step.Should().Be(LoginStep.Done);
    }

    [Fact]
    public async Task A_manner_of_sending_codes_that_only_official_apps_know_is_passed_over()
    {
        await using var host = await StartAsync();
        var firebase = StandInApi.SendCode(new Auth_SentCodeTypeFirebaseSms { length = 5 });
        firebase.flags = Auth_SentCode.Flags.has_next_type;
        firebase.next_type = Auth_CodeType.Sms;
        host.Server.Script = Always<Auth_SendCode>(Answer.Of(firebase));

        await using var login = await BeginAsync(host);
        await login.AnswerAsync("98713", TestTime.Limit);

        login.Step.Should().Be(LoginStep.Done);
        host.Server.CallsOf<Auth_ResendCode>().Should().ContainSingle();
    }

    [Fact]
    public async Task Giving_up_takes_the_code_back_and_leaves_neither_connection_nor_file()
    {
        await using var host = await StartAsync();
        var login = await BeginAsync(host);

        await login.DisposeAsync();

        host.Server.CallsOf<Auth_CancelCode>().Single().phone_code_hash.Should().Be(StandInAccount.CodeHash);
        await host.Server.WaitForConnectionsAsync(0);
        Directory.GetFiles(host.Vault.Folder).Should().BeEmpty();
    }

    [Fact]
    public async Task Being_done_disconnects_too_and_takes_nothing_back()
    {
        await using var host = await LoggedInAsync();

        await host.Server.WaitForConnectionsAsync(0);

        host.Server.CallsOf<Auth_CancelCode>().Should().BeEmpty();
        host.Server.CallsOf<Auth_LogOut>().Should().BeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_connection_that_broke_while_the_user_was_typing_is_made_again(bool atCode)
    {
        await using var host = await StartAsync();
        host.Server.Account.Password = new(Password);
        await using var login = await BeginAsync(host);
        if (!atCode)
        {
            await login.AnswerAsync(host.Server.Account.Code, TestTime.Limit);
        }

        host.Server.CutAll();
        await host.Server.WaitForConnectionsAsync(0);
        if (atCode)
        {
            await login.AnswerAsync(host.Server.Account.Code, TestTime.Limit);
        }

        await login.AnswerAsync(Password, TestTime.Limit);

        login.Step.Should().Be(LoginStep.Done);
        host.Server.CallsOf<Auth_SendCode>().Should().ContainSingle("the code that was sent still counts");
    }

    [Fact]
    public async Task A_number_at_home_in_another_data_centre_is_followed_there_and_found_there_again()
    {
        await using var host = await StartAsync();
        host.Server.Posts.AddChannel(100, "demo");
        host.Server.Posts.AddPost(100, 5, host.Server.Posts.AddDocument(9, 1000));
        host.Server.Script = Nth<Auth_SendCode>(1, Answer.Error(303, $"PHONE_MIGRATE_{StandInPosts.OtherDataCentre}"));
        await host.LogInAsync();
        await host.RestartAsync();

        await using var session = await host.ConnectAsync();
        var file = new MemoryStream();
        await session.DownloadAsync(await session.FindMediaAsync(new("demo", 5), TestTime.Limit), file, TestTime.Limit);

        file.ToArray().Should().Equal(StandInPosts.Content(9, 0, 1000));
        host.Server.CallsOf<Auth_ExportAuthorization>().Should().ContainSingle().Which.dc_id.Should().Be(StandInPosts.MainDataCentre);
    }

    [Fact]
    public async Task One_failed_key_exchange_is_tried_again()
    {
        await using var host = await StartAsync();
        host.Server.SpoilKeyExchanges(1);

        await using var login = await BeginAsync(host);

        login.Step.Should().Be(LoginStep.Code);
        host.Server.Accepted.Should().Be(2);
        host.Server.Connections.Should().Be(1);
    }

    [Fact]
    public async Task Logins_that_wait_for_their_users_hold_no_thread()
    {
        const int Waiting = 12;
        await using var host = await StartAsync();
        var logins = new List<IUserLogin>();
        for (var user = 1; user <= Waiting; user++)
        {
            logins.Add(await host.Logins.BeginAsync(user, Phone, TestTime.Limit));
        }

        // What else the pool does at the moment ends by itself; a thread that waits for a user would not.
        var limit = TestTime.Limit;
        while (BusyThreads() >= Waiting)
        {
            limit.ThrowIfCancellationRequested();
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, limit);
        }

        foreach (var login in logins)
        {
            await login.DisposeAsync();
        }
    }

    private static int BusyThreads()
    {
        ThreadPool.GetMaxThreads(out var most, out _);
        ThreadPool.GetAvailableThreads(out var free, out _);
        return most - free;
    }

    private static Task<IUserLogin> BeginAsync(SessionsHost host) => host.Logins.BeginAsync(UserId, Phone, TestTime.Limit);
}
