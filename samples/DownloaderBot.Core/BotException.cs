using DownloaderBot.Chat;

namespace DownloaderBot;

/// <summary>An error whose reason the bot can give to the user: the message is the reply.</summary>
internal class BotException(string reply, Exception? inner = null) : Exception(reply, inner);

/// <summary>
/// Replaces an exception whose text may contain a secret: the libraries for logins and sessions handle phone numbers, codes and keys. It keeps
/// the type and the stack trace.
/// </summary>
internal sealed class RedactedException : Exception
{
    private readonly string? _stackTrace;

    private RedactedException(Exception hidden)
        : base($"{hidden.GetType().FullName}, whose text is left out as it may hold a secret") => _stackTrace = hidden.StackTrace;

    public override string? StackTrace => _stackTrace;

    /// <summary>Returns the exception itself if the bot wrote its text, otherwise a replacement.</summary>
    public static Exception Of(Exception exception) =>
        exception is BotException or UserGoneException or OperationCanceledException ? exception : new RedactedException(exception);
}
