using DownloaderBot.Commands;
using MemoryWatch;

namespace DownloaderBot.Scenarios.Faulty;

/// <summary>Faulty on purpose: allocates much memory at once, like code that reads a whole file to check its first bytes.</summary>
internal sealed class FaultySpikeCommand(ScenarioOptions options, IMemoryWatch watch, TimeProvider time)
    : Command("faultyspike", "a faulty handler: takes much memory at once, for a moment")
{
    private static readonly TimeSpan HeldFor = TimeSpan.FromSeconds(2);

    public override async Task<string> RunAsync(CommandCall call, CancellationToken cancel)
    {
        await watch.TrackAsync("Faulty Spike", $"User {call.User.Id} | Holds {options.FaultMegabytes} MB", async () =>
        {
            var held = HeldMemory.Take(options.FaultMegabytes);
            await Task.Delay(HeldFor, time, cancel);
            GC.KeepAlive(held);
        });
        return "That was a spike.";
    }
}
