using DownloaderBot.Chat;
using DownloaderBot.Logging;
using DownloaderBot.Logins;
using DownloaderBot.Sessions;
using DownloaderBot.Users;
using MemoryWatch;

namespace DownloaderBot.Commands;

/// <summary>Finds the command in a message, runs it and sends the reply.</summary>
internal sealed class CommandRouter(
    IEnumerable<ICommand> commands,
    UserDirectory users,
    LoginDesk logins,
    FailureLimit limit,
    SecretMessages secrets,
    Replier replier,
    BotOptions options,
    IMemoryWatch watch,
    ILogger<CommandRouter> logger)
{
    private const string TooMany = "That is more than I can make sense of. I will not answer such messages for a while; /help lists what I can do.";

    private readonly Dictionary<string, ICommand> _commands =
        commands.ToDictionary(c => c.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Never throws except on cancellation: errors are logged, and the user gets a reply.</summary>
    public async Task RouteAsync(IncomingMessage message, CancellationToken cancel)
    {
        var (name, argument) = Parse(message.Text);
        ICommand[] known = [.. _commands.Values.Where(c => !c.ForAdmins || options.IsAdmin(message.UserId))];
        var command = known.FirstOrDefault(c => name is null ? c.Takes(argument) : c.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

        // During a login, unrecognized text is probably a mistyped code or password.
        if ((command?.TakesSecret ?? logins.IsPending(message.UserId)) || PostLinks.Read(message.Text).HasLoginCode)
        {
            await secrets.DeleteAsync(message, cancel);
        }

        if (await RunAsync(message.UserId, command, argument, known, cancel) is { Length: > 0 } reply)
        {
            await replier.TellAsync(message.UserId, reply, cancel);
        }
    }

    private async Task<string?> RunAsync(
        long userId, ICommand? command, string argument, ICommand[] known, CancellationToken cancel)
    {
        try
        {
            if (command is null)
            {
                throw new BadCommandException("I do not know that command. Send me the link of a post; /help lists what else I can do.");
            }

            var user = await users.GetAsync(userId, cancel);
            await users.SeeAsync(user, cancel);
            return await command.RunAsync(new(user, argument, known), cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception)
        {
            return !limit.TryTake(userId) ? limit.ShouldWarn(userId) ? TooMany : null
                : Note(userId, command, RedactedException.Of(exception));
        }
    }

    /// <summary>Records a failure and returns the reply. The typed text is not recorded because it may contain a password.</summary>
    private string Note(long userId, ICommand? command, Exception exception)
    {
        watch.Fail("Command", $"User {userId} | {(command is null ? "unknown" : "/" + command.Name)}", exception);
        if (exception is BotException)
        {
            return exception.Message;
        }

        logger.CommandFailed(command!.Name, exception.Message, exception);
        return "Something went wrong on my side. Please try again later.";
    }

    /// <summary>Splits <c>/dl@SomeBot https://…</c>; the name is <see langword="null"/> if the text names no command.</summary>
    private static (string? Name, string Argument) Parse(string text)
    {
        var words = text.Trim().Split((char[]?)null, 2);
        var (word, rest) = (Typed.Visible(words[0]), words.Length > 1 ? words[1].Trim() : string.Empty);

        // The argument stays as it was typed: a password may have any character.
        return word.Length == 0 && rest.Length > 0 ? Parse(rest)
            : word.StartsWith('/') ? (word[1..].Split('@')[0], rest)
            : (null, text);
    }
}
