using DownloaderBot.Storage;
using DownloaderBot.Tests.Support;
using DownloaderBot.Tests.Telegram.Chat.Support;
using DownloaderBot.Users;

namespace DownloaderBot.Tests.Telegram.Chat;

/// <summary>The stop that a container host asks for, while Telegram's Bot API hangs.</summary>
public sealed class TelegramStopTests : IAsyncLifetime
{
    private readonly TempFolder _data = new();
    private BotApiStandIn _telegram = null!;

    public async Task InitializeAsync() => _telegram = await BotApiStandIn.StartAsync();

    public async Task DisposeAsync()
    {
        await _telegram.DisposeAsync();
        _data.Dispose();
    }

    [Fact]
    public async Task On_sigterm_during_a_download_it_ends_well_and_in_time_and_the_next_start_knows()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using (var database = new Database(_data.Path))
        {
            await new SqliteUserStore(database).SaveAsync(new(7) { IsLoggedIn = true }, TestTime.Limit);
        }

        using var bot = Start();
        _telegram.Say(7, "/dl https://t.me/demo/500");
        await _telegram.HearAsync(7, "Downloading demo-500.bin");
        bot.AssetFiles.Should().ContainSingle();

        _telegram.Hangs = true;
        var start = TimeProvider.System.GetTimestamp();
        bot.Terminate();
        var console = bot.RestOfOutputAsync();
        var (exitCode, error) = await bot.ExitAsync();

        TimeProvider.System.GetElapsedTime(start).Should().BeLessThan(TimeSpan.FromSeconds(10), "then a container's host kills it");
        (exitCode, error).Should().Be((0, string.Empty));
        bot.AssetFiles.Should().BeEmpty();
        (await console).Should().Contain("Download Cancelled | User 7").And.Contain("Memory watch stopped").And.NotContain(" ERR ");

        _telegram.Hangs = false;
        using var next = Start();
        (await next.OutputToAsync("Listening on ")).Should().MatchRegex("PREVIOUS RUN: (stopped|exited, code 0)");
        await _telegram.HearAsync(7, "I was interrupted before your download was done. To start it again, send:\n/dl https://t.me/demo/500");
    }

    private BotProcess Start() => BotProcess.WithLocalSessions([
        .. TelegramSettings.For(_telegram), $"--Bot:DataFolder={_data.Path}", "--Local:BytesPerSecond=1MB", "--urls", "http://127.0.0.1:0"]);
}
