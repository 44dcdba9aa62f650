namespace DownloaderBot.Commands;

/// <summary>One command; registering it as a service adds it to the router's table and to /help.</summary>
internal interface ICommand
{
    /// <summary>The name that users type, without the slash; lower case.</summary>
    string Name { get; }

    /// <summary>Description of the argument, such as <c>&lt;link&gt;</c>; empty for none.</summary>
    string Usage => string.Empty;

    /// <summary>A few words for /help.</summary>
    string Summary { get; }

    /// <summary>Whether only admins may use the command; other users do not see it.</summary>
    bool ForAdmins => false;

    /// <summary>Whether the argument is a code, a password or a phone number; if so, the message is deleted from the chat.</summary>
    bool TakesSecret => false;

    /// <summary>Whether a message that names no command is meant for this one.</summary>
    bool Takes(string text) => false;

    /// <summary>Runs the command and returns the reply; empty if what the command started speaks for itself.</summary>
    /// <exception cref="BotException">The command cannot be carried out; the message is the reply.</exception>
    Task<string> RunAsync(CommandCall call, CancellationToken cancel);
}
