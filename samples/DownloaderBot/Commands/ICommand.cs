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

    /// <summary>For admins alone; nobody else gets to know of it.</summary>
    bool ForAdmins => false;

    /// <summary>What follows is a code, a password or a phone number: the message is deleted from the chat.</summary>
    bool TakesSecret => false;

    /// <summary>Carries the command out and returns the reply.</summary>
    /// <exception cref="BotException">It cannot be done; the message is the reply.</exception>
    Task<string> RunAsync(CommandCall call, CancellationToken cancel);
}
