using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace DownloaderBot.Tests;

public sealed class PlatformChoiceTests
{
    private const string Complete =
        "TELEGRAM_BOT_TOKEN=123:canary TELEGRAM_API_ID=1 TELEGRAM_API_HASH=canary TELEGRAM_SESSION_KEY=canary";

    [Theory]
    [InlineData("", true, false)]
    [InlineData("", false, false)]
    [InlineData("TELEGRAM_BOT_TOKEN=", false, false)]
    [InlineData("TELEGRAM_API_ID=1", true, false)]
    [InlineData(Complete, true, true)]
    [InlineData($"{Complete} RENDER=true", true, true)]
    public void It_is_Telegram_where_there_is_a_token(string settings, bool hasTelegram, bool isTelegram) =>
        PlatformChoice.IsTelegram(Configuration(settings), hasTelegram).Should().Be(isTelegram);

    [Theory]
    [InlineData(
        "TELEGRAM_BOT_TOKEN=123:canary",
        "TELEGRAM_BOT_TOKEN is set, but users' sessions on Telegram are not in this build: build with "
        + "-p:TelegramSessions=true, or unset it to use the local chat.")]
    [InlineData(
        "TELEGRAM_API_ID=1 TELEGRAM_API_HASH=canary",
        "TELEGRAM_API_ID and TELEGRAM_API_HASH are set, but users' sessions on Telegram are not in this build: build with "
        + "-p:TelegramSessions=true, or unset them to use the local chat.")]
    [InlineData(
        $"{Complete} RENDER=true",
        "TELEGRAM_BOT_TOKEN, TELEGRAM_API_ID, TELEGRAM_API_HASH and TELEGRAM_SESSION_KEY are set, but users' sessions on "
        + "Telegram are not in this build: build with -p:TelegramSessions=true.")]
    [InlineData(
        "RENDER=true",
        "RENDER is set, and a deployed bot has no local chat: set TELEGRAM_BOT_TOKEN to the token that @BotFather gave you, and build with "
        + "-p:TelegramSessions=true.")]
    public void A_build_without_Telegram_says_what_to_do_about_credentials(string settings, string sentence) =>
        Fault(settings, hasTelegram: false).Should().Be(sentence);

    [Theory]
    [InlineData(
        "TELEGRAM_BOT_TOKEN=123:canary",
        "TELEGRAM_BOT_TOKEN is set, but TELEGRAM_API_ID, TELEGRAM_API_HASH and TELEGRAM_SESSION_KEY are not: set them too, or unset the token "
        + "to use the local chat.")]
    [InlineData(
        "TELEGRAM_BOT_TOKEN=123:canary TELEGRAM_API_ID=1 TELEGRAM_API_HASH=canary",
        "TELEGRAM_BOT_TOKEN is set, but TELEGRAM_SESSION_KEY is not: set it too, or unset the token to use the local chat.")]
    [InlineData(
        "RENDER_EXTERNAL_URL=https://bot.example",
        "RENDER_EXTERNAL_URL is set, and a deployed bot has no local chat: set TELEGRAM_BOT_TOKEN to the token that @BotFather gave you.")]
    public void One_with_it_says_all_that_is_missing(string settings, string sentence) =>
        Fault(settings, hasTelegram: true).Should().Be(sentence);

    private static string Fault(string settings, bool hasTelegram)
    {
        var choose = () => PlatformChoice.IsTelegram(Configuration(settings), hasTelegram);
        return choose.Should().Throw<OptionsValidationException>().Which.Failures.Should().ContainSingle().Subject;
    }

    private static IConfiguration Configuration(string settings) =>
        new ConfigurationBuilder().AddCommandLine(settings.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Build();
}
