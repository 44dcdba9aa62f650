using DownloaderBot.Tests.Support;

namespace DownloaderBot.Tests;

/// <summary>The stop that a container host asks for, of the program as a process of its own.</summary>
public sealed class SigtermTests
{
    [Fact]
    public async Task On_sigterm_downloads_are_cancelled_users_told_sessions_disconnected_and_files_gone()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var bot = new BotProcess(BotHost.NoDemo, "--urls", "http://127.0.0.1:0", "--Local:BytesPerSecond=1MB");
        using var page = await LocalPageClient.OpenAsync(bot, user: 101);
        await page.LogInAsync();
        await page.TypeAsync("/dl https://t.me/demo/500");
        await page.ReadToAsync(text => text.Contains('%'));
        bot.AssetFiles.Should().ContainSingle();

        bot.Terminate();

        (await page.ReadToAsync(text => text.Contains("restarted"))).Should().Contain("Please send the link again");
        var (exitCode, _) = await bot.ExitAsync();
        exitCode.Should().Be(0);
        bot.AssetFiles.Should().BeEmpty();
        var rest = await bot.RestOfOutputAsync();
        rest.Should().Contain("Download Cancelled | User 101").And.Contain("Session Disconnected | User 101 - Total sessions: 0")
            .And.Contain("Memory watch stopped");
    }
}
