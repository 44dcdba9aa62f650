namespace DownloaderBot.Commands;

internal sealed class StartCommand : ICommand
{
    public string Name => "start";

    public string Summary => "what this bot is for";

    public Task<string> RunAsync(CommandCall call, CancellationToken cancel) => Task.FromResult(
        "I download the file of a post and send it to you. /login first, then send me its link, such as https://t.me/channel/123. /help lists all commands.");
}
