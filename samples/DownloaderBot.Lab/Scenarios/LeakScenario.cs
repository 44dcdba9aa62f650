using DownloaderBot.Commands;
using DownloaderBot.Scenarios.Faulty;

namespace DownloaderBot.Scenarios;

/// <summary>Every command keeps a little more memory, and none of it is freed.</summary>
internal sealed class LeakScenario() : Scenario(
    "leak",
    "a handler keeps a megabyte of every call, so memory grows at a steady pace while nothing else does",
    new()
    {
        // Grows by less than the default SpikeThreshold per minute: the spike alert does not detect a leak.
        ["Scenario:FaultMegabytes"] = "30",
    })
{
    public override void AddTo(IServiceCollection services) => services.AddSingleton<Command, FaultyLeakCommand>();

    public override async Task RunAsync(Crowd crowd, CancellationToken cancel)
    {
        var pause = TimeSpan.FromMinutes(1) / crowd.Options.FaultMegabytes;
        while (crowd.HasTime)
        {
            await crowd.User(0).AskAsync("/faultyleak", cancel);
            await crowd.PauseAsync(pause, cancel);
        }
    }
}
