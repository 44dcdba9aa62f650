using DownloaderBot.Chat;

namespace DownloaderBot;

/// <summary>
/// Stands in for an exception whose text may hold a secret: the libraries behind a login and a session have phone numbers,
/// codes and keys in their hands. Type and stack trace say where it broke.
/// </summary>
internal sealed class RedactedException : Exception
{
    private readonly string? _stackTrace;

    private RedactedException(Exception hidden)
        : base($"{hidden.GetType().FullName}, whose text is left out as it may hold a secret") => _stackTrace = hidden.StackTrace;

    public override string? StackTrace => _stackTrace;

    /// <summary>The exception itself where the bot wrote its text, or a stand-in.</summary>
    public static Exception Of(Exception exception) =>
        exception is BotException or UserGoneException or OperationCanceledException ? exception : new RedactedException(exception);
}
