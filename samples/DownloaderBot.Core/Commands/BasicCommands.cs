using DownloaderBot.Downloads;
using DownloaderBot.Sessions;
using DownloaderBot.Users;

namespace DownloaderBot.Commands;

internal sealed class StartCommand() : Command("start", "what this bot is for")
{
    public override Task<string> RunAsync(CommandCall call, CancellationToken cancel) => Task.FromResult(
        "I download the file of a post and send it to you. /login first, then send me its link, such as https://t.me/channel/123. /help lists all commands.");
}

internal sealed class HelpCommand() : Command("help", "this list")
{
    public override Task<string> RunAsync(CommandCall call, CancellationToken cancel) =>
        Task.FromResult(string.Join('\n', call.Known.Select(Line)));

    private static string Line(Command command) =>
        $"/{command.Name}{(command.Usage.Length > 0 ? " " + command.Usage : string.Empty)} - {command.Summary}";
}

internal sealed class StatsCommand(
    SessionManager sessions, DownloadQueue queue, UserDirectory users, BotOptions options) : Command("stats", "how busy the bot is, and your own number")
{
    public override Task<string> RunAsync(CommandCall call, CancellationToken cancel) => Task.FromResult(
        $"Sessions: {sessions.Count} of {options.MaxSessions}\n"
        + $"Downloads: {queue.Running} of {options.MaxConcurrent} running, {queue.Waiting} of {options.MaxQueue} waiting\n"
        + $"Users in the cache: {users.CachedCount}\n"
        + $"Your number: {call.User.Id}");
}
