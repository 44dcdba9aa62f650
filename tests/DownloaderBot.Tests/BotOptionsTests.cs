using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace DownloaderBot.Tests;

public sealed class BotOptionsTests
{
    [Theory]
    [InlineData("RENDER", "true")]
    [InlineData("RENDER_EXTERNAL_URL", "https://bot.onrender.com")]
    public void On_Render_the_limits_are_small(string name, string value)
    {
        var options = Read((name, value));

        (options.MaxSessions, options.MaxConcurrent, options.CachedUsers, options.MaxQueue).Should().Be((3, 3, 50, 20));
    }

    [Fact]
    public void Elsewhere_they_are_larger()
    {
        var options = Read();

        (options.MaxSessions, options.MaxConcurrent, options.CachedUsers, options.MaxQueue).Should().Be((5, 5, 500, 20));
    }

    [Fact]
    public void What_is_set_counts_everywhere() =>
        Read(("RENDER", "true"), ("Bot:MaxSessions", "7")).MaxSessions.Should().Be(7);

    [Fact]
    public void Every_fault_is_named_with_its_value_and_what_would_do()
    {
        var read = () => Read(
            ("Bot:MaxSessions", "0"), ("Bot:MaxConcurrent", "101"), ("Bot:MaxQueue", "-1"), ("Bot:CachedUsers", "0"),
            ("Bot:AssetsFolder", " "), ("Bot:AssetsQuota", "lots"), ("Bot:MaxBatch", "101"), ("Bot:DataFolder", ""), ("Bot:MaxFloodWait", "02:00:00"),
            ("Bot:OutagePatience", "-00:00:01"),
            ("Bot:AdminIds", "7, me"), ("Bot:AlertInterval", "-00:00:01"), ("Bot:LogTail", "1GB"), ("Bot:MaxPendingLogins", "0"),
            ("Bot:LoginTimeout", "00:00:01"), ("Bot:LoginAttempts", "11"), ("Bot:LoginsPerHour", "0"), ("Bot:FailureBurst", "0"),
            ("Bot:FailureInterval", "00:00:00"));

        read.Should().Throw<OptionsValidationException>().Which.Failures.Should().Equal(
            "Bot:MaxSessions is 0; it must be from 1 to 100.",
            "Bot:MaxConcurrent is 101; it must be from 1 to 100.",
            "Bot:MaxQueue is -1; it must be from 0 to 10000.",
            "Bot:MaxBatch is 101; it must be from 1 to 100.",
            "Bot:MaxFloodWait is 02:00:00; it must be from 00:00:00 to 01:00:00.",
            "Bot:OutagePatience is -00:00:01; it must be from 00:00:00 to 01:00:00.",
            "Bot:CachedUsers is 0; it must be from 1 to 100000.",
            "Bot:AssetsFolder is empty; it must name a folder.",
            "Bot:AssetsQuota is 'lots'; it must be a size such as \"2GB\".",
            "Bot:DataFolder is empty; it must name a folder.",
            "Bot:AdminIds has 'me'; it must be user numbers separated by commas, such as \"12345,67890\".",
            "Bot:AlertInterval is -00:00:01; it must be from 00:00:00 to 1.00:00:00.",
            "Bot:LogTail is '1GB'; it must be a size from \"1KB\" to \"10MB\".",
            "Bot:MaxPendingLogins is 0; it must be from 1 to 100.",
            "Bot:LoginTimeout is 00:00:01; it must be from 00:00:10 to 01:00:00.",
            "Bot:LoginAttempts is 11; it must be from 1 to 10.",
            "Bot:LoginsPerHour is 0; it must be from 1 to 1000.",
            "Bot:FailureBurst is 0; it must be from 1 to 100.",
            "Bot:FailureInterval is 00:00:00; it must be from 00:00:01 to 01:00:00.");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" , ")]
    public void Without_admins_nobody_is_one(string? ids) => Read(("Bot:AdminIds", ids)).Admins.Should().BeEmpty();

    [Fact]
    public void Admins_are_listed_with_commas() => Read(("Bot:AdminIds", "7, 9,7")).Admins.Should().BeEquivalentTo([7L, 9L]);

    private static BotOptions Read(params (string Key, string? Value)[] settings) => BotOptions.Read(Configuration(settings));

    private static IConfiguration Configuration(params (string Key, string? Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.ToDictionary(s => s.Key, s => s.Value))
        .Build();
}
