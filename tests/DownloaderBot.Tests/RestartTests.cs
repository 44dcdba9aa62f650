using DownloaderBot.Tests.Support;

namespace DownloaderBot.Tests;

/// <summary>The restart on purpose, of the program as a process of its own.</summary>
public sealed class RestartTests
{
    [Fact]
    public async Task Before_a_restart_on_purpose_what_runs_is_finished_and_what_waits_goes_on_after_it()
    {
        using var bot = new BotProcess(
            BotHost.NoDemo, "--urls", "http://127.0.0.1:0", "--Bot:MaxConcurrent=1", "--Local:BytesPerSecond=1MB",
            "--MemoryWatch:Restart:MinimumUptime=00:00:00");

        // Restarts are counted in the black box of a previous run.
        await bot.OutputToAsync("The local chat: open ");
        bot.KillAndStartAgain();
        using var running = await LocalPageClient.OpenAsync(bot, user: 101);
        using var waiting = await LocalPageClient.JoinAsync(running, user: 102);
        await running.LogInAsync();
        await waiting.LogInAsync();
        await running.TypeAsync("/dl https://t.me/demo/8");
        await running.ReadToAsync(text => text.Contains('%'));
        await waiting.TypeAsync("/bdl https://t.me/demo/1 https://t.me/demo/2");
        await waiting.ReadToAsync(text => text.Contains("number 1 in the queue"));

        await SetLimitAsync(bot, "16MB");

        await running.ReadToAsync(text => text.Contains("Done"));
        await waiting.ReadToAsync(text => text.Contains("Your download keeps its place"));
        (await bot.ExitAsync()).ExitCode.Should().Be(75);
        (await bot.RestOfOutputAsync()).Should().Contain("RESTART ON PURPOSE").And.NotContain("Download Cancelled");

        await SetLimitAsync(bot, "100GB");
        bot.KillAndStartAgain();
        var start = await bot.OutputToAsync("PREVIOUS RUN");
        start.Should().Contain("restarted on purpose, nothing in flight was lost");
        using var later = await LocalPageClient.OpenAsync(bot, user: 102);
        await later.ReadToAsync(text => text.Contains("Batch finished: 2 of 2 delivered"));
    }

    private static Task SetLimitAsync(BotProcess bot, string limit) =>
        File.WriteAllTextAsync(Path.Combine(bot.Folder, "appsettings.json"), $$"""{ "MemoryWatch": { "Limit": "{{limit}}" } }""");
}
