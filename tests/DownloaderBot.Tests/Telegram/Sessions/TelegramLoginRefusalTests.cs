using DownloaderBot.Sessions;
using DownloaderBot.Tests.Support;
using DownloaderBot.Tests.Telegram.Sessions.StandIn;
using TL;
using TL.Methods;
using static DownloaderBot.Tests.Telegram.Sessions.Scripts;
using static DownloaderBot.Tests.Telegram.Sessions.SessionsHost;

namespace DownloaderBot.Tests.Telegram.Sessions;

public sealed class TelegramLoginRefusalTests
{
    private const string Phone = "+4915798765432";

    [Theory]
    [InlineData(400, "PHONE_NUMBER_INVALID", "does not take that for a phone number")]
    [InlineData(400, "PHONE_NUMBER_BANNED", "has banned that number")]
    [InlineData(400, "PHONE_NUMBER_UNOCCUPIED", "no Telegram account")]
    [InlineData(400, "PHONE_NUMBER_FLOOD", "too many logins")]
    [InlineData(400, "API_ID_INVALID", "my administrator has to see to that")]
    [InlineData(406, "UPDATE_APP_TO_LOGIN", "UPDATE_APP_TO_LOGIN")]
    public async Task A_refused_number_is_explained(int code, string error, string words)
    {
        await using var host = await StartAsync();
        host.Server.Script = Always<Auth_SendCode>(Answer.Error(code, error));

        var refused = await FluentActions.Awaiting(() => BeginAsync(host)).Should().ThrowAsync<LoginRefusedException>();

        refused.Which.Message.Should().Contain(words);
        await host.Server.WaitForConnectionsAsync(0);
    }

    [Fact]
    public async Task A_wait_that_Telegram_asks_for_is_told_in_seconds_not_slept_through()
    {
        await using var host = await StartAsync();
        host.Server.Script = Always<Auth_SendCode>(Answer.Error(420, "FLOOD_WAIT_42"));

        var told = await FluentActions.Awaiting(() => BeginAsync(host)).Should().ThrowAsync<FloodWaitException>();

        told.Which.Message.Should().Contain("wait 42 seconds");
        host.Server.CallsOf<Auth_SendCode>().Should().ContainSingle();
    }

    [Theory]
    [InlineData("PHONE_CODE_EXPIRED", "no longer valid")]
    [InlineData("PHONE_NUMBER_UNOCCUPIED", "no Telegram account")]
    public async Task A_code_that_cannot_count_ends_the_login(string error, string words)
    {
        await using var host = await StartAsync();
        await using var login = await BeginAsync(host);
        host.Server.Script = Always<Auth_SignIn>(Answer.Error(400, error));

        var refused = await login.Invoking(l => l.AnswerAsync("98713", TestTime.Limit)).Should().ThrowAsync<LoginRefusedException>();

        refused.Which.Message.Should().Contain(words);
        File.Exists(host.File).Should().BeFalse();
    }

    [Fact]
    public async Task A_number_without_an_account_is_not_signed_up()
    {
        await using var host = await StartAsync();
        await using var login = await BeginAsync(host);
        host.Server.Script = Always<Auth_SignIn>(Answer.Of(new Auth_AuthorizationSignUpRequired()));

        var refused = await login.Invoking(l => l.AnswerAsync("98713", TestTime.Limit)).Should().ThrowAsync<LoginRefusedException>();

        refused.Which.Message.Should().Contain("no Telegram account");
    }

    [Fact]
    public async Task An_account_that_must_set_up_a_login_mail_is_told_so()
    {
        await using var host = await StartAsync();
        host.Server.Script = Always<Auth_SendCode>(Answer.Of(StandInApi.SendCode(new Auth_SentCodeTypeSetUpEmailRequired())));

        await FluentActions.Awaiting(() => BeginAsync(host)).Should().ThrowAsync<LoginRefusedException>().WithMessage("*login email*");
    }

    [Fact]
    public async Task A_login_that_cannot_be_kept_is_taken_back()
    {
        await using var host = await StartAsync();
        await using (var login = await BeginAsync(host))
        {
            Directory.CreateDirectory(host.File + ".new");

            await login.Invoking(l => l.AnswerAsync("98713", TestTime.Limit)).Should().ThrowAsync<LoginRefusedException>().WithMessage("*could not keep*");
        }

        host.Server.CallsOf<Auth_LogOut>().Should().ContainSingle();
    }

    [Fact]
    public async Task Two_failed_key_exchanges_are_told()
    {
        await using var host = await StartAsync();
        host.Server.SpoilKeyExchanges(2);

        await FluentActions.Awaiting(() => BeginAsync(host)).Should().ThrowAsync<BotException>().WithMessage("*cannot reach Telegram*");
        await host.Server.WaitForConnectionsAsync(0);
    }

    private static Task<IUserLogin> BeginAsync(SessionsHost host) => host.Logins.BeginAsync(UserId, Phone, TestTime.Limit);
}
