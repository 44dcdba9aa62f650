using DownloaderBot.Commands;
using MemoryWatch;

namespace DownloaderBot.Admin;

internal sealed class MemoryCommand(IMemoryWatch watch) : ICommand
{
    public string Name => "memory";

    public string Summary => "what uses the memory now, and how the last run ended";

    public bool ForAdmins => true;

    /// <summary>The snapshot in full. Of one that no operation asked for, the title does not end in the empty name of an operation.</summary>
    public static string Describe(MemorySnapshot snapshot)
    {
        var text = snapshot.DescribeInFull();
        var title = text.IndexOf('\n', StringComparison.Ordinal);
        return snapshot.Operation.Length > 0 || title < 0 ? text
            : text[..title].Replace(" | Operation: ", string.Empty, StringComparison.Ordinal) + text[title..];
    }

    public Task<string> RunAsync(CommandCall call, CancellationToken cancel)
    {
        var now = Describe(watch.Current);
        return Task.FromResult(watch.PreviousRun is { } run ? $"{now}\n\n{PreviousRunMessage.Of(run)}" : now);
    }
}
