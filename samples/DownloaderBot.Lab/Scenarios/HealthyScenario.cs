namespace DownloaderBot.Scenarios;

internal sealed class HealthyScenario() : Scenario(
    "healthy",
    "sessions come and stay, downloads come and go, and memory does not move with the files",
    new()
    {
        ["Bot:MaxSessions"] = "3",
        ["Bot:MaxConcurrent"] = "3",
        ["Local:SessionMegabytes"] = "20",
        ["Local:BytesPerSecond"] = "40MB",
    })
{
    /// <summary>Logs users in one after another; then all download at the same time, repeatedly.</summary>
    public override async Task RunAsync(Crowd crowd, CancellationToken cancel)
    {
        var count = crowd.Options.Users;
        for (var number = 0; number < count; number++)
        {
            await crowd.LogInAsync(crowd.User(number), cancel);
        }

        crowd.Watch.Snapshot("Logged In", $"Scenario | {count} users, nobody downloads");
        await crowd.UntilAsync(0.2, cancel);
        while (crowd.HasTime && count > 0)
        {
            await crowd.EachAsync(count, user => crowd.DownloadAsync(user, $"https://t.me/demo/{crowd.Options.PostMegabytes}", cancel));
            crowd.Watch.Snapshot("Downloads Finished", $"Scenario | {count} files of {crowd.Options.PostMegabytes} MB");
        }

        await crowd.UntilAsync(1, cancel);
    }
}
