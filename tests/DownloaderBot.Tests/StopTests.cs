using DownloaderBot.Chat;
using DownloaderBot.Downloads;
using DownloaderBot.Local;
using DownloaderBot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DownloaderBot.Tests;

/// <summary>A stop that is asked for ends well, whatever hangs or fails.</summary>
public sealed class StopTests
{
    [Fact]
    public async Task A_chat_that_hangs_costs_seconds_and_not_the_stop()
    {
        var (time, edit, send, hangs) = (new WaitingTime(), new Gate(), new Gate(), false);
        await using var bot = await RunningBot.StartAsync(["--Bot:MaxConcurrent=1"], services => services
            .AddSingleton<TimeProvider>(time)
            .AddSingleton<IChat>(provider => new HookedChat(provider.GetRequiredService<LocalChat>())
            {
                BeforeEdit = () => hangs ? edit.PassAsync() : Task.CompletedTask,
                BeforeSend = () => hangs ? send.PassAsync() : Task.CompletedTask,
            }));
        var hold = bot.HoldDownloads();
        var (running, waiting) = (await bot.LoggedInAsync(1), await bot.LoggedInAsync(2));
        await running.TypeAsync("/bdl https://t.me/demo/5 https://t.me/demo/9", TestTime.Limit);
        await hold.Reached;
        await waiting.AskAsync("/dl https://t.me/demo/5", TestTime.Limit);
        hangs = true;

        var stopping = bot.StopAsync();
        await edit.Reached;
        await time.PassAsync(4);
        await send.Reached;
        time.Advance(TimeSpan.FromSeconds(3));
        await stopping;

        bot.Files.Should().BeEmpty();
        bot.Get<DownloadJournal>().Read().Select(d => (d.UserId, d.First, d.Last)).Should().Equal(
            [(1, "https://t.me/demo/5", "https://t.me/demo/9"), (2, "https://t.me/demo/5", null)], "the next start tells them");
        bot.Ended.Should().Contain("Download Cancelled | User 1 | File size: 5.0 MB");
    }

    [Fact]
    public async Task A_part_that_cannot_stop_is_logged_and_the_program_ends_as_asked()
    {
        using var folder = new TempFolder();
        string[] settings = [.. HostVariables.Unset, BotHost.NoDemo, "--urls", "http://127.0.0.1:0", "--contentRoot", folder.Path];

        var exitCode = await Program.RunAsync(settings, builder => builder.Services.AddHostedService<Unstoppable>()).WaitAsync(TestTime.Limit);

        exitCode.Should().Be(0);
        (await File.ReadAllTextAsync(Path.Combine(folder.Path, "logs.txt"))).Should()
            .Contain("A part of the bot did not stop in time").And.Contain("Memory watch stopped");
    }

    private sealed class Unstoppable(IHostApplicationLifetime lifetime) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            lifetime.ApplicationStarted.Register(lifetime.StopApplication);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => throw new OperationCanceledException("Too late.");
    }
}
