using System.Text.RegularExpressions;
using DownloaderBot.Tests.Support;

namespace DownloaderBot.Tests.Demo;

public sealed class DemoTests
{
    [Fact]
    public async Task The_demo_shows_snapshots_scope_lines_and_an_alert_within_20_seconds()
    {
        using var bot = new BotProcess("--urls", "http://127.0.0.1:0", "--MemoryWatch:Limit=512MB", "--Local:BytesPerSecond=20MB");

        var console = await bot.OutputToAsync("The bot stays up");

        console.Should()
            .ContainAll(
                "📊 MEMORY SNAPSHOT | Operation: Before Downloads\n├─ RAM Usage: ",
                "📊 MEMORY SNAPSHOT | Operation: Downloads Running\n├─ RAM Usage: ",
                "├─ Sessions: 3 | Queue: 2 | Active DLs: 3\n",
                "└─ Context: Demo | 3 running, 2 waiting, 1 refused",
                "├─ Sessions: 3 | Queue: 0 | Active DLs: 0\n",
                " INF Session Created | User 101 - Total sessions: 1 | Memory: ",
                " INF Download Started | User 101 | File size: 60.0 MB | Memory: ",
                " INF Download Cancelled | User 102 | File size: 40.0 MB | Memory: ",
                " INF Download Refused | User 106 | Queue full: 2 waiting | Memory: ",
                " INF Download Failed | User 106 | https://t.me/missing/7 | Memory: ",
                " INF Upload Completed | User 101 | File size: 60.0 MB | Memory: ",
                " INF Deliberate Spike Started | ")
            .And.MatchRegex(@" WRN ⚠️ MEMORY SPIKE DETECTED: \+[0-9.]+ MB increase!\n")
            .And.NotContainAny(" ERR ", " DBG ", "   at ", "Now listening", "stopped early");
        Regex.Count(console, " Upload Completed ").Should().Be(4);
        console.Should().EndWith("it without this tour\n");
    }

    [Theory]
    [InlineData("--Bot:MaxSessions=0", "Bot:MaxSessions is 0; it must be from 1 to 100.")]
    [InlineData("--Bot:MaxQueue=many", "Failed to convert configuration value 'many' at 'Bot:MaxQueue' to type 'System.Int32'.")]
    [InlineData("--PORT=http", "PORT is 'http'; it must be a number from 1 to 65535.")]
    public async Task A_setting_that_makes_no_sense_stops_the_start_with_one_sentence(string setting, string sentence)
    {
        using var bot = new BotProcess(setting);

        (await bot.ExitAsync()).Should().Be((1, sentence));
    }
}
