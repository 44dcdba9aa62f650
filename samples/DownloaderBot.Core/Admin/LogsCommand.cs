using DownloaderBot.Chat;
using DownloaderBot.Commands;
using DownloaderBot.Logging;

namespace DownloaderBot.Admin;

internal sealed class LogsCommand(IChat chat, IHostEnvironment environment, BotOptions options) : ICommand
{
    public string Name => "logs";

    public string Summary => "the end of the log, as a file";

    public bool ForAdmins => true;

    public async Task<string> RunAsync(CommandCall call, CancellationToken cancel)
    {
        if (await LogTail.ReadAsync(environment.ContentRootPath, options.LogTailBytes, cancel) is not { Length: > 0 } tail)
        {
            return "The log is empty.";
        }

        await using var content = new MemoryStream(tail, writable: false);
        await chat.SendFileAsync(call.User.Id, new(BotLog.FileName, tail.Length), content, cancel);
        return $"These are the last {Text.Megabytes(tail.Length)} of the log.";
    }
}
