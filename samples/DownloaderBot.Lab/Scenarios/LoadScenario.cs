using System.Diagnostics.CodeAnalysis;
using DownloaderBot.Local;

namespace DownloaderBot.Scenarios;

/// <summary>Not a pattern but a proof: many users use all features, and afterwards nothing may be left.</summary>
internal sealed class LoadScenario() : Scenario(
    "load",
    "many users log in, download, cancel, ask and leave, side by side",
    new()
    {
        ["Scenario:Users"] = "50",
        ["Bot:MaxSessions"] = "3",
        ["Bot:MaxConcurrent"] = "3",
        ["Local:SessionMegabytes"] = "2",

        // The limits that stop a person from trying too often would stop these users from producing a load.
        ["Bot:MaxPendingLogins"] = "100",
        ["Bot:LoginsPerHour"] = "1000",
        ["Bot:FailureBurst"] = "100",
        ["Bot:FailureInterval"] = "00:00:01",
    })
{
    private static readonly string[] Links =
    [
        "demo/1", "demo/3", "demo/8", "demo/20", "empty/1", "cut/4", "short/2", "long/2", "text/1", "missing/1", "hostile/1", "nonsense",
    ];

    /// <summary>Runs one round with all users, after which buffers and pools have the size that many users need.</summary>
    public override Task WarmUpAsync(Crowd crowd, CancellationToken cancel) =>
        crowd.EachAsync(crowd.Options.Users, user => LiveAsync(crowd, user, RandomOf(user), cancel));

    public override Task RunAsync(Crowd crowd, CancellationToken cancel) => crowd.EachAsync(crowd.Options.Users, async user =>
    {
        var random = RandomOf(user);
        while (crowd.HasTime)
        {
            await LiveAsync(crowd, user, random, cancel);
        }
    });

    // The same users do the same in every run.
    [SuppressMessage("Security", "CA5394", Justification = "Variety, not secrecy.")]
    private static Random RandomOf(VirtualUser user) => new((int)user.Id);

    [SuppressMessage("Security", "CA5394", Justification = "Variety, not secrecy.")]
    private static async Task LiveAsync(Crowd crowd, VirtualUser user, Random random, CancellationToken cancel)
    {
        await crowd.LogInAsync(user, cancel);
        await user.AskAsync($"/dl https://t.me/{Links[random.Next(Links.Length)]}", cancel);
        await user.AskAsync("/queue", cancel);
        if (random.Next(4) == 0)
        {
            await user.AskAsync("/canceldownload", cancel);
        }

        await crowd.EndedAsync(user, cancel);
        await user.AskAsync(random.Next(2) == 0 ? "/stats" : "/no such command", cancel);
        await user.AskAsync("/logout", cancel);
        await crowd.PauseAsync(TimeSpan.FromMilliseconds(random.Next(1000, 4000)), cancel);
    }
}
