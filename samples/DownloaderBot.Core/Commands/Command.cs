using DownloaderBot.Users;

namespace DownloaderBot.Commands;

/// <summary>One command; registering it as a service adds it to the router's table and to /help.</summary>
/// <param name="name">The name that users type, without the slash; lower case.</param>
/// <param name="summary">A few words for /help.</param>
/// <param name="usage">Description of the argument, such as <c>&lt;link&gt;</c>; empty for none.</param>
/// <param name="forAdmins">Whether only admins may use the command; other users do not see it.</param>
/// <param name="takesSecret">Whether the argument is a code, a password or a phone number; if so, the message is deleted from the chat.</param>
internal abstract class Command(string name, string summary, string usage = "", bool forAdmins = false, bool takesSecret = false)
{
    public string Name => name;

    public string Summary => summary;

    public string Usage => usage;

    public bool ForAdmins => forAdmins;

    public bool TakesSecret => takesSecret;

    /// <summary>Whether a message that names no command is meant for this one.</summary>
    public virtual bool Takes(string text) => false;

    /// <summary>Runs the command and returns the reply; empty if what the command started speaks for itself.</summary>
    /// <exception cref="BotException">The command cannot be carried out; the message is the reply.</exception>
    public abstract Task<string> RunAsync(CommandCall call, CancellationToken cancel);
}

/// <summary>A command as a user typed it.</summary>
/// <param name="User">The user.</param>
/// <param name="Argument">The text after the command, trimmed; often empty.</param>
/// <param name="Known">All commands that this user may use.</param>
internal sealed record CommandCall(UserRecord User, string Argument, IReadOnlyCollection<Command> Known)
{
    /// <summary>Omits the argument, which may be a password, so the result can be logged.</summary>
    public override string ToString() => $"Command of user {User.Id}";
}

/// <summary>The user's input is not valid; the message gives valid input.</summary>
internal sealed class BadCommandException(string reply) : BotException(reply);
