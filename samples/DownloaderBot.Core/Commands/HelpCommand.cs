namespace DownloaderBot.Commands;

internal sealed class HelpCommand : ICommand
{
    public string Name => "help";

    public string Summary => "this list";

    public Task<string> RunAsync(CommandCall call, CancellationToken cancel) =>
        Task.FromResult(string.Join('\n', call.Known.Select(Line)));

    private static string Line(ICommand command) =>
        $"/{command.Name}{(command.Usage.Length > 0 ? " " + command.Usage : string.Empty)} - {command.Summary}";
}
