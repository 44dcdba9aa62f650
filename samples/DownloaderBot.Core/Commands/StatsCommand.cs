using DownloaderBot.Downloads;
using DownloaderBot.Sessions;
using DownloaderBot.Users;

namespace DownloaderBot.Commands;

internal sealed class StatsCommand(
    SessionManager sessions, DownloadQueue queue, UserDirectory users, BotOptions options) : ICommand
{
    public string Name => "stats";

    public string Summary => "how busy the bot is, and your own number";

    public Task<string> RunAsync(CommandCall call, CancellationToken cancel) => Task.FromResult(
        $"Sessions: {sessions.Count} of {options.MaxSessions}\n"
        + $"Downloads: {queue.Running} of {options.MaxConcurrent} running, {queue.Waiting} of {options.MaxQueue} waiting\n"
        + $"Users in the cache: {users.CachedCount}\n"
        + $"Your number: {call.User.Id}");
}
