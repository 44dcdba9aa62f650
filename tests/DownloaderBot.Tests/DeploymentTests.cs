using System.Text.RegularExpressions;
using System.Xml.Linq;
using DownloaderBot.Tests.Support;

namespace DownloaderBot.Tests;

/// <summary>The files from which hosts build and start the bot.</summary>
public sealed class DeploymentTests
{
    [Fact]
    public async Task What_the_audit_of_packages_finds_one_day_breaks_no_build()
    {
        var build = XDocument.Parse(await ReadAsync("Directory.Build.props"));

        build.Descendants("WarningsNotAsErrors").Single().Value.Split(';').Should()
            .Contain(["NU1900", "NU1901", "NU1902", "NU1903", "NU1904", "NU1905"]);
    }

    [Fact]
    public async Task The_image_has_users_sessions_and_starts_as_root_to_take_over_a_disk()
    {
        var image = await ReadAsync("samples/DownloaderBot/Dockerfile");

        image.Should().Contain("-p:TelegramSessions=true").And.NotMatchRegex("(?m)^USER ");
        image.Should().Contain("""ENTRYPOINT ["sh", "entrypoint.sh", "dotnet", "DownloaderBot.dll"]""");
    }

    [Fact]
    public async Task Render_asks_for_what_only_its_user_knows_and_generates_the_rest()
    {
        var blueprint = await ReadAsync("render.yaml");

        Regex.Matches(blueprint, "key: (\\S+)\\s+(\\w+: true|sync: false)").Select(m => $"{m.Groups[1]} {m.Groups[2]}").Should().Equal(
            "TELEGRAM_BOT_TOKEN sync: false",
            "TELEGRAM_API_ID sync: false",
            "TELEGRAM_API_HASH sync: false",
            "TELEGRAM_SESSION_KEY generateValue: true",
            "MemoryWatch__Page__AccessKey generateValue: true",
            "Bot__AdminIds sync: false");
    }

    private static Task<string> ReadAsync(string file)
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "MemoryWatch.sln")))
        {
            root = Path.GetDirectoryName(root)!;
        }

        return File.ReadAllTextAsync(Path.Combine(root, file), TestTime.Limit);
    }
}
