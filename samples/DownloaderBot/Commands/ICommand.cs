namespace DownloaderBot.Commands;

/// <summary>One command; registering it as a service puts it in the router's table and in /help.</summary>
internal interface ICommand
{
    /// <summary>What is typed, without the slash; lower case.</summary>
    string Name { get; }

    /// <summary>What may follow, such as <c>&lt;link&gt;</c>; empty for nothing.</summary>
    string Usage => string.Empty;

    /// <summary>A few words for /help.</summary>
    string Summary { get; }

    /// <summary>Carries the command out and returns the reply.</summary>
    /// <exception cref="BotException">It cannot be done; the message is the reply.</exception>
    Task<string> RunAsync(CommandCall call, CancellationToken cancel);
}
