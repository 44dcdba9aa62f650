using DownloaderBot.Commands;
using DownloaderBot.Scenarios.Faulty;

namespace DownloaderBot.Scenarios;

/// <summary>Memory rises with each download and stays there: the file was read into memory and is still referenced.</summary>
internal sealed class NotFreedAfterDownloadScenario() : Scenario(
    "not-freed-after-download",
    "each download leaves its file in memory, though no session and no download is left",
    new()
    {
        ["Scenario:PostMegabytes"] = "40",
    })
{
    private const int Downloads = 8;

    public override void AddTo(IServiceCollection services) => services.AddSingleton<Command, FaultyDownloadCommand>();

    public override async Task RunAsync(Crowd crowd, CancellationToken cancel)
    {
        var user = crowd.User(0);
        await crowd.LogInAsync(user, cancel);
        for (var i = 1; i <= Downloads; i++)
        {
            await user.AskAsync($"/faultydl https://t.me/demo/{crowd.Options.PostMegabytes}", cancel);
            await crowd.UntilAsync(0.8 * i / Downloads, cancel);
        }

        await user.AskAsync("/logout", cancel);
        crowd.Watch.Snapshot("Downloads Finished", "Scenario | Nobody is logged in, nothing is downloading");
        await crowd.UntilAsync(1, cancel);
    }
}
