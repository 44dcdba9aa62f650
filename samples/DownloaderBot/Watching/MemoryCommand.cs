using DownloaderBot.Commands;
using MemoryWatch;

namespace DownloaderBot.Watching;

internal sealed class MemoryCommand(IMemoryWatch watch)
    : Command("memory", "what uses the memory now and what to change, and how the last run ended", forAdmins: true)
{
    public override Task<string> RunAsync(CommandCall call, CancellationToken cancel)
    {
        var now = $"{watch.Current.DescribeInFull()}\n\n{watch.Diagnose().Describe()}";
        return Task.FromResult(watch.PreviousRun is { } run ? $"{now}\n\n{PreviousRunMessage.Of(run)}" : now);
    }
}
