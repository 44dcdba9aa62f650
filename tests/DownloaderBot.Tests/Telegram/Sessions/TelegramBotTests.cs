using System.Security.Cryptography;
using DownloaderBot.Local;
using DownloaderBot.Telegram;
using DownloaderBot.Telegram.Sessions;
using DownloaderBot.Tests.Secrets;
using DownloaderBot.Tests.Support;
using DownloaderBot.Tests.Telegram.Sessions.StandIn;
using TL.Methods;
using static DownloaderBot.Tests.Telegram.Sessions.Scripts;

namespace DownloaderBot.Tests.Telegram.Sessions;

/// <summary>The whole bot with its users' sessions on the stand-in; they type on the local chat.</summary>
public sealed class TelegramBotTests : IAsyncLifetime
{
    private const int FileBytes = 3 << 20;
    private const string Download = "/dl https://t.me/demo/5";

    private readonly TelegramStandIn _server = new();

    public Task InitializeAsync()
    {
        _server.Account.Phone = Canaries.Phone[1..];
        _server.Account.Code = Canaries.Code;
        _server.Account.Password = new(Canaries.Password);
        _server.Posts.AddChannel(100, "demo");
        _server.Posts.AddPost(100, 5, _server.Posts.AddDocument(9, FileBytes, "video/mp4"));
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task From_login_to_file_to_logout()
    {
        await using var bot = await RunningBot.StartAsync(change: services => services.AddTelegramSessions(StandInOptions.For(_server)));
        var user = bot.User(1);

        await LogInAsync(user);
        await user.TypeAsync(Download, TestTime.Limit);
        var file = await user.ReceiveAsync(TestTime.Limit);
        await user.HearAsync("Done: file-5.mp4 (3.0 MB)", TestTime.Limit);
        await (bot.Queue.Find(1)?.Ended ?? Task.CompletedTask).WaitAsync(TestTime.Limit);

        file.Should().Be(new LocalFile("file-5.mp4", FileBytes, Convert.ToHexStringLower(SHA256.HashData(StandInPosts.Content(9, 0, FileBytes))))
        {
            Caption = "Look at this",
        });
        bot.Ended.Should().Contain("Download Completed | User 1 | File size: 3.0 MB");
        bot.Watch.TotalsByName.Single(o => o.Name == "Download").ChargedTotalBytes.Should().Be(FileBytes * MediaDownload.AllocatedPerByte);
        (await user.AskAsync("/logout", TestTime.Limit)).Should().Be("You are logged out.");
        _server.CallsOf<Auth_LogOut>().Should().ContainSingle();
        await _server.WaitForConnectionsAsync(0);
        await bot.ShouldBeCleanAsync(user);
    }

    [Fact]
    public async Task Who_ended_the_session_on_another_device_logs_in_again_and_goes_on()
    {
        await using var bot = await RunningBot.StartAsync(change: services => services.AddTelegramSessions(StandInOptions.For(_server)));
        var user = bot.User(1);
        await LogInAsync(user);
        _server.RevokeSessions();

        await user.TypeAsync(Download, TestTime.Limit);
        await user.HearAsync("ended your session", TestTime.Limit);
        await (bot.Queue.Find(1)?.Ended ?? Task.CompletedTask).WaitAsync(TestTime.Limit);
        await LogInAsync(user);
        await user.TypeAsync(Download, TestTime.Limit);
        await user.HearAsync("Done", TestTime.Limit);

        await bot.ShouldBeCleanAsync(user);
        await _server.WaitForConnectionsAsync(0);
    }

    [Fact]
    public async Task Stopping_in_the_middle_of_it_all_leaves_no_connection()
    {
        await using var bot = await RunningBot.StartAsync(change: services => services.AddTelegramSessions(StandInOptions.For(_server)));
        var (downloading, loggingIn) = (bot.User(1), bot.User(2));
        await LogInAsync(downloading);
        var swallowed = new TaskCompletionSource();
        _server.Script = Nth<Upload_GetFile>(2, Answer.Silence, swallowed);
        await downloading.TypeAsync(Download, TestTime.Limit);
        await swallowed.Task.WaitAsync(TestTime.Limit);
        await loggingIn.AskAsync($"/login {Canaries.Phone}", TestTime.Limit);

        await bot.StopAsync();

        await _server.WaitForConnectionsAsync(0);
        bot.Files.Should().BeEmpty();
    }

    [Fact]
    public async Task No_secret_gets_out_through_success_failure_and_giving_up()
    {
        await using var talkative = await TalkativeBot.StartAsync(
            services => services.AddTelegramSessions(StandInOptions.For(_server)), "--Bot:LoginsPerHour=100");
        var user = talkative.Bot.User(1);
        string[] attempts =
        [
            $"/login {Canaries.Phone}", "/verify 1 1 1 1 1", $"/verify {Canaries.SpacedCode}", "/password canary-wrong", $"/password {Canaries.Password}",
        ];
        foreach (var typed in attempts)
        {
            await user.AskAsync(typed, TestTime.Limit);
        }

        _server.Script = Nth<Upload_GetFile>(2, Answer.Cut);
        await user.TypeAsync(Download, TestTime.Limit);
        await user.HearAsync("Done", TestTime.Limit);
        await user.AskAsync("/logout", TestTime.Limit);
        await user.AskAsync($"/login {Canaries.Phone}", TestTime.Limit);
        await user.AskAsync("/cancel", TestTime.Limit);
        foreach (var error in new[] { "PHONE_NUMBER_BANNED", "PHONE_NUMBER_INVALID", "FLOOD_WAIT_77", "API_ID_INVALID" })
        {
            _server.Script = Always<Auth_SendCode>(Answer.Error(error[0] == 'F' ? 420 : 400, error));
            await user.AskAsync($"/login {Canaries.Phone}", TestTime.Limit);
        }

        _server.Script = Always<Auth_SignIn>(Answer.Error(400, "PHONE_CODE_EXPIRED"));
        await user.AskAsync($"/login {Canaries.Phone}", TestTime.Limit);
        await user.AskAsync($"/verify {Canaries.SpacedCode}", TestTime.Limit);
        _server.GoAway();
        await user.AskAsync($"/login {Canaries.Phone}", TestTime.Limit);

        var log = await talkative.Bot.ReadLogAsync();
        log.Should().Contain("Telegram library").And.Contain("RpcError 400 PHONE_CODE_EXPIRED", "the library did talk");
        foreach (var secret in new[] { StandInOptions.ApiHash, Convert.ToBase64String(StandInOptions.SessionKey) })
        {
            log.Should().NotContainEquivalentOf(secret);
            talkative.Exceptions.Should().NotContainEquivalentOf(secret);
        }

        Canaries.ShouldHoldNone("an exception", talkative.Exceptions);
        await talkative.ShouldHaveKeptItsSecretsAsync(user);
    }

    private static async Task LogInAsync(VirtualUser user)
    {
        await user.AskAsync($"/login {Canaries.Phone}", TestTime.Limit);
        await user.AskAsync($"/verify {Canaries.SpacedCode}", TestTime.Limit);
        (await user.AskAsync($"/password {Canaries.Password}", TestTime.Limit)).Should().StartWith("You are logged in.");
    }
}
