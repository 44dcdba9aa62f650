using DownloaderBot.Commands;
using MemoryWatch;

namespace DownloaderBot.Admin;

internal sealed class MemoryCommand(IMemoryWatch watch) : ICommand
{
    public string Name => "memory";

    public string Summary => "what uses the memory now, and how the last run ended";

    public bool ForAdmins => true;

    public Task<string> RunAsync(CommandCall call, CancellationToken cancel) => Task.FromResult(
        watch.PreviousRun is { } run ? $"{watch.Current.DescribeInFull()}\n\n{PreviousRunMessage.Of(run)}" : watch.Current.DescribeInFull());
}
