using DownloaderBot.Telegram.Chat;
using DownloaderBot.Tests.Telegram.Chat.Support;

namespace DownloaderBot.Tests.Telegram.Chat;

public sealed class TelegramStartTests : TelegramTest
{
    [Fact]
    public async Task It_says_as_whom_the_bot_is_there()
    {
        await Rig.StartAsync();

        Rig.Log.Should().Equal("Information: On Telegram as @stand_in_bot");
        Telegram.Calls.Select(call => call.Method).Should().Equal("getMe", "setMyCommands");
    }

    [Theory]
    [InlineData(401, "Unauthorized")]
    [InlineData(404, "Not Found")]
    public async Task A_token_that_is_refused_ends_the_start(int code, string description)
    {
        Telegram.Fail("getMe", Faults.Error(code, description));

        await Rig.Awaiting(rig => rig.StartAsync()).Should().ThrowAsync<TokenRefusedException>();
    }

    [Theory]
    [InlineData("getMe")]
    [InlineData("setMyCommands")]
    public async Task That_Telegram_is_not_well_does_not(string method)
    {
        Telegram.Fail(method, Faults.Html(502));

        await Rig.StartAsync();

        Rig.Log.Should().ContainSingle(line => line.StartsWith("Warning: "))
            .Which.Should().Be("Warning: Telegram answered 502 with something that is not of the Bot API; the bot starts all the same");
    }

    [Fact]
    public async Task Nor_that_it_does_not_answer()
    {
        Telegram.Fail("getMe", Faults.Silence);

        var starting = Rig.StartAsync();
        await Telegram.CallsAsync("getMe");
        await Rig.Time.PassAsync(10);
        await starting;

        Rig.Log.Should().ContainSingle().Which.Should().StartWith("Warning: Telegram did not answer in time");
    }
}
