using DownloaderBot.Telegram.Sessions;
using DownloaderBot.Tests.Telegram.Sessions.StandIn;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace DownloaderBot.Tests.Telegram.Sessions;

public sealed class TelegramSessionOptionsTests
{
    private static readonly string Key = Convert.ToBase64String(StandInOptions.SessionKey);

    [Fact]
    public void Three_settings_are_enough()
    {
        var options = Read(("TELEGRAM_API_ID", "12345"), ("TELEGRAM_API_HASH", StandInOptions.ApiHash), ("TELEGRAM_SESSION_KEY", Key));

        options.ApiId.Should().Be(12345);
        options.ApiHash.Should().Be(StandInOptions.ApiHash);
        options.SessionKey.Should().Equal(StandInOptions.SessionKey);
        options.ServerAddress.Should().Be("2>149.154.167.50:443");
        options.PublicKey.Should().BeNull();
    }

    [Fact]
    public void Another_server_can_be_named_with_its_key()
    {
        var options = Read(
            ("TELEGRAM_API_ID", "12345"), ("TELEGRAM_API_HASH", StandInOptions.ApiHash), ("TELEGRAM_SESSION_KEY", Key),
            ("TELEGRAM_SERVER_ADDRESS", "2>127.0.0.1:4430"), ("TELEGRAM_PUBLIC_KEY", ServerKey.Instance.Pem));

        options.ServerAddress.Should().Be("2>127.0.0.1:4430");
        options.PublicKey.Should().Be(ServerKey.Instance.Pem.Trim());
    }

    [Fact]
    public void One_sentence_names_all_that_is_missing_and_how_to_get_it() => Fault().Should().Be(
        "To let users log in to Telegram, set TELEGRAM_API_ID (missing: a number, from https://my.telegram.org); "
        + "TELEGRAM_API_HASH (missing: 32 hexadecimal digits, from https://my.telegram.org); "
        + "TELEGRAM_SESSION_KEY (missing: 32 random bytes in base64, as printed by: openssl rand -base64 32).");

    [Theory]
    [InlineData("TELEGRAM_API_ID", "0")]
    [InlineData("TELEGRAM_API_ID", "canary")]
    [InlineData("TELEGRAM_API_ID", "-5")]
    [InlineData("TELEGRAM_API_HASH", "canary")]
    [InlineData("TELEGRAM_API_HASH", "0123456789abcdef0123456789canary")]
    [InlineData("TELEGRAM_SESSION_KEY", "canary")]
    [InlineData("TELEGRAM_SESSION_KEY", "Y2FuYXJ5")]
    [InlineData("TELEGRAM_SERVER_ADDRESS", "canary")]
    [InlineData("TELEGRAM_SERVER_ADDRESS", "149.154.167.50:443")]
    [InlineData("TELEGRAM_SERVER_ADDRESS", "2>149.154.167.50")]
    [InlineData("TELEGRAM_PUBLIC_KEY", "canary")]
    public void What_is_malformed_is_named_without_its_value(string name, string value)
    {
        var settings = new Dictionary<string, string>
        {
            ["TELEGRAM_API_ID"] = "12345", ["TELEGRAM_API_HASH"] = StandInOptions.ApiHash, ["TELEGRAM_SESSION_KEY"] = Key,
            [name] = value,
        };

        var fault = Fault([.. settings.Select(s => (s.Key, s.Value))]);

        fault.Should().Contain($"{name} (malformed: ").And.NotContain("missing").And.NotContain("canary").And.NotContain(Key);
    }

    [Fact]
    public void Options_have_no_text_form_that_tells() =>
        $"{Read(("TELEGRAM_API_ID", "12345"), ("TELEGRAM_API_HASH", StandInOptions.ApiHash), ("TELEGRAM_SESSION_KEY", Key))}"
            .Should().NotContain(StandInOptions.ApiHash).And.NotContain(Key);

    private static string Fault(params (string Name, string Value)[] settings) => FluentActions.Invoking(() => Read(settings))
        .Should().Throw<OptionsValidationException>().Which.Failures.Should().ContainSingle().Subject;

    private static TelegramSessionOptions Read(params (string Name, string Value)[] settings) => TelegramSessionOptions.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(s => s.Name, s => (string?)s.Value)).Build());
}
