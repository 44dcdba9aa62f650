using DownloaderBot.Chat;
using DownloaderBot.Logging;
using DownloaderBot.Users;
using MemoryWatch;

namespace DownloaderBot.Commands;

/// <summary>Finds the command that a message asks for, runs it and sends the reply.</summary>
internal sealed class CommandRouter(
    IEnumerable<ICommand> commands, UserDirectory users, Replier replier, IMemoryWatch watch, ILogger<CommandRouter> logger)
{
    private readonly Dictionary<string, ICommand> _commands =
        commands.ToDictionary(c => c.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Never throws, save for a cancellation: what goes wrong is in the log, and the user is told.</summary>
    public async Task RouteAsync(IncomingMessage message, CancellationToken cancel)
    {
        var (name, argument) = Parse(message.Text);
        var command = _commands.GetValueOrDefault(name);
        string reply;
        try
        {
            if (command is null)
            {
                throw new BadCommandException("I do not know that command. /help lists what I can do.");
            }

            var user = await users.GetAsync(message.UserId, cancel);
            reply = await command.RunAsync(new(user, argument, _commands.Values), cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception)
        {
            // What was typed stays out of the log: it may be anything, a password included.
            watch.Fail("Command", $"User {message.UserId} | {(command is null ? "unknown" : "/" + command.Name)}", exception);
            reply = exception is BotException ? exception.Message : "Something went wrong on my side. Please try again later.";
            if (exception is not BotException)
            {
                logger.CommandFailed(command!.Name, exception.Message, exception);
            }
        }

        await replier.TellAsync(message.UserId, reply, cancel);
    }

    /// <summary>Splits <c>/dl@SomeBot https://…</c>; the name is empty where the text is no command.</summary>
    private static (string Name, string Argument) Parse(string text)
    {
        var trimmed = text.Trim();
        if (!trimmed.StartsWith('/'))
        {
            return (string.Empty, trimmed);
        }

        var end = trimmed.AsSpan().IndexOfAny(" \t\r\n");
        var word = end < 0 ? trimmed[1..] : trimmed[1..end];
        return (word.Split('@')[0], end < 0 ? string.Empty : trimmed[end..].Trim());
    }
}
