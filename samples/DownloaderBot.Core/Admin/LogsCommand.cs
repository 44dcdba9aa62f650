using DownloaderBot.Chat;
using DownloaderBot.Commands;
using DownloaderBot.Logging;

namespace DownloaderBot.Admin;

internal sealed class LogsCommand(IChat chat, IHostEnvironment environment, BotOptions options)
    : Command("logs", "the end of the log, as a file", forAdmins: true)
{
    public override async Task<string> RunAsync(CommandCall call, CancellationToken cancel)
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

/// <summary>The end of the log, beginning at the start of a line.</summary>
internal static class LogTail
{
    public static async Task<byte[]> ReadAsync(string folder, long maxBytes, CancellationToken cancel)
    {
        // When a file is full, the log continues in the next: logs_001.txt, logs_002.txt.
        var pattern = Path.GetFileNameWithoutExtension(BotLog.FileName) + "*" + Path.GetExtension(BotLog.FileName);
        if (new DirectoryInfo(folder).EnumerateFiles(pattern).MaxBy(f => f.LastWriteTimeUtc) is not { } newest)
        {
            return [];
        }

        await using var file = new FileStream(newest.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var length = file.Length;
        var isCut = length > maxBytes;
        file.Seek(isCut ? length - maxBytes : 0, SeekOrigin.Begin);
        var tail = new byte[Math.Min(length, maxBytes)];
        var read = await file.ReadAtLeastAsync(tail, tail.Length, throwOnEndOfStream: false, cancel);
        var start = isCut ? tail.AsSpan(0, read).IndexOf((byte)'\n') + 1 : 0;
        return tail[start..read];
    }
}
