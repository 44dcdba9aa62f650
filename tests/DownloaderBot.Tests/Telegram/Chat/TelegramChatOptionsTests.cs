using DownloaderBot.Telegram.Chat;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace DownloaderBot.Tests.Telegram.Chat;

public sealed class TelegramChatOptionsTests
{
    private const string NoToken =
        "TELEGRAM_BOT_TOKEN is no bot token; it must be as @BotFather gave it: digits, a colon, letters and digits.";

    private const string NoServer =
        "TELEGRAM_BOT_API is no server's address; it must be one without a path, such as \"http://localhost:8081\".";

    [Theory]
    [InlineData("canary")]
    [InlineData("canary:canary")]
    [InlineData("123456:")]
    [InlineData("123456:canary canary")]
    [InlineData("123456:canary/../x")]
    [InlineData(" 123456:canary")]
    [InlineData("123456:canary\n")]
    [InlineData("0:canary")]
    public void A_token_that_is_none_is_named_and_not_shown(string token) =>
        Faults(() => Read(token)).Should().Equal(NoToken);

    [Theory]
    [InlineData("localhost:8081")]
    [InlineData("ftp://localhost")]
    [InlineData("http://localhost:8081/bot123456:canary")]
    [InlineData("http://user:canary@localhost")]
    [InlineData("http://localhost?x=canary")]
    public void An_address_that_is_no_servers_is_named_and_not_shown(string server) =>
        Faults(() => Read(server: server)).Should().Equal(NoServer);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Without_an_address_it_is_Telegrams_own(string? server) => Read(server: server).Server.Should().BeNull();

    [Theory]
    [InlineData("http://localhost:8081")]
    [InlineData("http://telegram-bot-api:8081/")]
    [InlineData("https://bots.example")]
    public void An_address_may_be_any_servers(string server) => Read(server: server).Server.Should().Be(server);

    [Theory]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("false", false)]
    [InlineData("True", true)]
    public void The_test_environment_is_asked_for(string? setting, bool isTest) => Read(test: setting).IsTest.Should().Be(isTest);

    [Fact]
    public void A_switch_that_is_none_is_named() => Faults(() => Read(test: "canary")).Should().Equal(
        "TELEGRAM_TEST_ENVIRONMENT is neither true nor false; leave it out unless the bot is one of Telegram's test environment.");

    [Fact]
    public void The_text_form_does_not_show_the_token() => $"{Read()}".Should().NotContain("canary");

    internal static TelegramChatOptions Read(string token = "123456:canary-token", string? server = null, string? test = null) =>
        TelegramChatOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(
            [new("TELEGRAM_BOT_TOKEN", token), new("TELEGRAM_BOT_API", server), new("TELEGRAM_TEST_ENVIRONMENT", test)]).Build());

    private static IEnumerable<string> Faults(Action read) => read.Should().Throw<OptionsValidationException>().Which.Failures;
}
