using DownloaderBot.Commands;
using DownloaderBot.Scenarios.Faulty;

namespace DownloaderBot.Scenarios;

/// <summary>Much memory at once, freed soon after: a person who checks memory now and then would not see it.</summary>
internal sealed class SpikeScenario() : Scenario(
    "spike",
    "a handler takes much memory at once and lets go of it a moment later, once in a while",
    new()
    {
        ["Scenario:FaultMegabytes"] = "120",
    })
{
    public override void AddTo(IServiceCollection services) => services.AddSingleton<Command, FaultySpikeCommand>();

    public override async Task RunAsync(Crowd crowd, CancellationToken cancel)
    {
        // Once every two minutes, and at least once: two within SpikeWindow would be reported as one.
        var count = Math.Max(1, (int)(crowd.Length.TotalMinutes / 2));
        for (var i = 0; i < count; i++)
        {
            await crowd.UntilAsync((i + 0.4) / count, cancel);
            await crowd.User(0).AskAsync("/faultyspike", cancel);
        }

        await crowd.UntilAsync(1, cancel);
    }
}
