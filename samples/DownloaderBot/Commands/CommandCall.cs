using DownloaderBot.Users;

namespace DownloaderBot.Commands;

/// <summary>A command as somebody typed it.</summary>
/// <param name="User">Who.</param>
/// <param name="Argument">What followed the command, trimmed; often empty.</param>
/// <param name="Known">All commands there are.</param>
internal sealed record CommandCall(UserRecord User, string Argument, IReadOnlyCollection<ICommand> Known);
