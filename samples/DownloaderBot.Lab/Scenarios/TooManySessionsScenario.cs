namespace DownloaderBot.Scenarios;

/// <summary>Each session costs memory while it is connected, whether it is used or not.</summary>
internal sealed class TooManySessionsScenario() : Scenario(
    "too-many-sessions",
    "each login adds a session, each session its memory, until the limit is near",
    new()
    {
        ["Scenario:Users"] = "10",
        ["Bot:MaxSessions"] = "10",
        ["Local:SessionMegabytes"] = "40",

        // The bot would disconnect them when memory is critical, which is the remedy.
        ["Bot:StayAlive"] = "false",
    })
{
    public override async Task RunAsync(Crowd crowd, CancellationToken cancel)
    {
        var count = crowd.Options.Users;
        for (var number = 0; number < count; number++)
        {
            await crowd.LogInAsync(crowd.User(number), cancel);
            await crowd.UntilAsync(0.7 * (number + 1) / count, cancel);
        }

        crowd.Watch.Snapshot("Everybody Logged In", $"Scenario | {count} users");
        await crowd.UntilAsync(1, cancel);
    }
}
