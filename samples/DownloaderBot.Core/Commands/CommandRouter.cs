using System.Diagnostics.CodeAnalysis;
using DownloaderBot.Chat;
using DownloaderBot.Logging;
using DownloaderBot.Logins;
using DownloaderBot.Sessions;
using DownloaderBot.Users;
using MemoryWatch;

namespace DownloaderBot.Commands;

/// <summary>Finds the command in a message, runs it and sends the reply.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The semaphores have no handles, and a command that a stop left behind may still leave its place.")]
internal sealed class CommandRouter(
    IEnumerable<Command> commands,
    UserDirectory users,
    LoginDesk logins,
    FailureLimit limit,
    SecretMessages secrets,
    Replier replier,
    BotOptions options,
    IMemoryWatch watch,
    ILogger<CommandRouter> logger)
{
    /// <summary>Maximum number of users' commands that run at a time; others wait for their turn.</summary>
    public const int MostCommands = 16;

    private const int MostAdminCommands = 4;

    private const string TooMany = "That is more than I can make sense of. I will not answer such messages for a while; /help lists what I can do.";

    // In the order of /help: admins' commands come last.
    private readonly Command[] _commands = [.. commands.OrderBy(command => command.ForAdmins)];

    // Admins have places of their own, so that no number of users keeps them from /killall.
    private readonly SemaphoreSlim _places = new(MostCommands);
    private readonly SemaphoreSlim _adminPlaces = new(MostAdminCommands);

    /// <summary>Never throws except on cancellation: errors are logged, and the user gets a reply.</summary>
    public async Task RouteAsync(IncomingMessage message, CancellationToken cancel)
    {
        if (IsSecret(message))
        {
            await secrets.DeleteAsync(message, cancel);
        }

        // Only the command needs a place: a chat that is slow to take a reply holds up nobody but its user.
        var places = options.IsAdmin(message.UserId) ? _adminPlaces : _places;
        await places.WaitAsync(cancel);
        string? reply;
        try
        {
            reply = await RunAsync(message, cancel);
        }
        finally
        {
            places.Release();
        }

        if (!string.IsNullOrEmpty(reply))
        {
            await replier.TellAsync(message.UserId, reply, cancel);
        }
    }

    /// <summary>Whether a message must not stay in the chat.</summary>
    public bool IsSecret(IncomingMessage message)
    {
        var (command, _) = Find(message);

        // During a login, unrecognized text is probably a mistyped code or password.
        return (command?.TakesSecret ?? logins.IsPending(message.UserId)) || PostLinks.Read(message.Text).HasLoginCode;
    }

    private async Task<string?> RunAsync(IncomingMessage message, CancellationToken cancel)
    {
        var userId = message.UserId;
        var (command, argument) = Find(message);
        try
        {
            if (command is null)
            {
                throw new BadCommandException("I do not know that command. Send me the link of a post; /help lists what else I can do.");
            }

            var user = await users.GetAsync(userId, cancel);
            await users.SeeAsync(user, cancel);
            return await command.RunAsync(new(user, argument, [.. CommandsOf(userId)]), cancel);
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
    private string Note(long userId, Command? command, Exception exception)
    {
        watch.Fail("Command", $"User {userId} | {(command is null ? "unknown" : "/" + command.Name)}", exception);
        if (exception is BotException)
        {
            return exception.Message;
        }

        logger.CommandFailed(command!.Name, exception.Message, exception);
        return "Something went wrong on my side. Please try again later.";
    }

    private (Command? Command, string Argument) Find(IncomingMessage message)
    {
        var (name, argument) = Parse(message.Text);
        var command = CommandsOf(message.UserId)
            .FirstOrDefault(c => name is null ? c.Takes(argument) : c.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return (command, argument);
    }

    private IEnumerable<Command> CommandsOf(long userId) => _commands.Where(c => !c.ForAdmins || options.IsAdmin(userId));

    /// <summary>Splits <c>/dl@SomeBot https://…</c>; the name is <see langword="null"/> if the text names no command.</summary>
    private static (string? Name, string Argument) Parse(string text)
    {
        var words = text.Trim().Split((char[]?)null, 2);
        var (word, rest) = (Text.Visible(words[0]), words.Length > 1 ? words[1].Trim() : string.Empty);

        // The argument stays as it was typed: a password may have any character.
        return word.Length == 0 && rest.Length > 0 ? Parse(rest)
            : word.StartsWith('/') ? (word[1..].Split('@')[0], rest)
            : (null, text);
    }
}
