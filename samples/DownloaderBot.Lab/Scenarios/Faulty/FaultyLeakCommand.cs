using DownloaderBot.Commands;
using MemoryWatch;

namespace DownloaderBot.Scenarios.Faulty;

/// <summary>Faulty on purpose: keeps a megabyte of every call, like a handler that is subscribed repeatedly.</summary>
internal sealed class FaultyLeakCommand(IMemoryWatch watch)
    : Command("faultyleak", "a faulty handler: keeps a megabyte of every call")
{
    private readonly List<byte[][]> _kept = [];

    public override Task<string> RunAsync(CommandCall call, CancellationToken cancel)
    {
        using (watch.Track("Faulty Leak", $"User {call.User.Id}"))
        {
            lock (_kept)
            {
                _kept.Add(HeldMemory.Take(1));
                return Task.FromResult($"I keep {_kept.Count} MB now.");
            }
        }
    }
}
