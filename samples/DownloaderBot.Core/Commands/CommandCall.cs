using DownloaderBot.Users;

namespace DownloaderBot.Commands;

/// <summary>A command as a user typed it.</summary>
/// <param name="User">The user.</param>
/// <param name="Argument">The text after the command, trimmed; often empty.</param>
/// <param name="Known">All commands that this user may use.</param>
internal sealed record CommandCall(UserRecord User, string Argument, IReadOnlyCollection<ICommand> Known)
{
    /// <summary>Omits the argument, which may be a password, so the result can be logged.</summary>
    public override string ToString() => $"Command of user {User.Id}";
}
