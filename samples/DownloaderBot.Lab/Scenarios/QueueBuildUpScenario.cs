namespace DownloaderBot.Scenarios;

/// <summary>Users request downloads faster than the bot completes them.</summary>
internal sealed class QueueBuildUpScenario() : Scenario(
    "queue-build-up",
    "more downloads are asked for than are done, until the queue is full and refuses",
    new()
    {
        ["Scenario:Users"] = "14",
        ["Bot:MaxSessions"] = "3",
        ["Bot:MaxConcurrent"] = "1",
        ["Bot:MaxQueue"] = "10",
        ["Local:SessionMegabytes"] = "20",
        ["Local:BytesPerSecond"] = "1MB",
    })
{
    public override async Task RunAsync(Crowd crowd, CancellationToken cancel)
    {
        var count = crowd.Options.Users;
        for (var number = 0; number < count; number++)
        {
            var user = crowd.User(number);
            await crowd.LogInAsync(user, cancel);
            await user.AskAsync($"/dl https://t.me/demo/{crowd.Options.PostMegabytes}", cancel);
            await crowd.UntilAsync(0.7 * (number + 1) / count, cancel);
        }

        crowd.Watch.Snapshot("Everybody Asked", $"Scenario | {count} users");
        await crowd.UntilAsync(1, cancel);
    }
}
