using DownloaderBot.Tests.Support;
using Xunit.Abstractions;

namespace DownloaderBot.Tests.Downloads;

/// <summary>What a bot does all day leaves nothing behind.</summary>
public sealed class EnduranceTests(ITestOutputHelper output)
{
    /// <summary>How much more the live heap may be after a forced GC: 70 KB for each of thirty downloads, 21 KB for each of a hundred reconnects.</summary>
    private const long Level = 2 << 20;

    [Fact]
    public async Task Thirty_downloads_in_a_row_leave_memory_level_and_no_file()
    {
        await using var bot = await RunningBot.StartAsync();
        var user = await bot.LoggedInAsync(1);
        await DownloadAsync(5);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        await DownloadAsync(30);

        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        output.WriteLine($"The heap has {grown >> 10} KB more after 30 downloads.");
        grown.Should().BeLessThan(Level);
        await bot.ShouldBeCleanAsync(user);

        async Task DownloadAsync(int times)
        {
            for (var i = 0; i < times; i++)
            {
                await user.TypeAsync($"/dl https://t.me/demo/{5 + i % 3}", TestTime.Limit);
                await user.HearAsync("Done", TestTime.Limit);
                await (bot.Queue.Find(1)?.Ended ?? Task.CompletedTask).WaitAsync(TestTime.Limit);
            }
        }
    }

    [Fact]
    public async Task A_hundred_reconnects_leave_memory_level_and_no_file()
    {
        await using var bot = await RunningBot.StartAsync(["--Bot:MaxSessions=1", "--Local:SessionMegabytes=1"]);
        await ReconnectAsync(10);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        await ReconnectAsync(100);

        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        output.WriteLine($"The heap has {grown >> 10} KB more after 100 reconnects.");
        grown.Should().BeLessThan(Level);
        bot.Sessions.Count.Should().Be(1);
        bot.Files.Should().BeEmpty();

        async Task ReconnectAsync(int times)
        {
            for (var i = 0; i < times; i++)
            {
                (await bot.Sessions.AcquireAsync(i % 2, TestTime.Limit)).Dispose();
            }
        }
    }
}
