using System.Net;
using Telegram.Bot.Exceptions;

namespace DownloaderBot.Telegram.Chat;

/// <summary>Translates the library's exceptions. Telegram has codes for few faults; the others are recognized by their text.</summary>
internal static class BotApiFaults
{
    private static readonly string[] GoneUsers = ["chat not found", "user not found", "PEER_ID_INVALID"];
    private static readonly string[] GoneMessages =
        ["message to edit not found", "message to delete not found", "message can't be edited", "MESSAGE_ID_INVALID"];

    /// <param name="exception">The library's exception.</param>
    /// <param name="token">The token, which is removed from every text.</param>
    public static Exception Explain(Exception exception, string token) => exception switch
    {
        RequestException { InnerException: BotException own } => own,
        RequestException { InnerException: BotApiException own } => own,
        ApiRequestException { ErrorCode: 401 or 404 } => new TokenRefusedException(),
        ApiRequestException answer => new BotApiException(
            FaultOf(answer), $"Telegram answered {answer.ErrorCode}: {answer.Message}".Replace(token, "***", StringComparison.Ordinal), WaitOf(answer)),
        OperationCanceledException => new BotApiException(BotApiFault.Away, "Telegram did not answer in time"),
        RequestException { HttpStatusCode: HttpStatusCode.TooManyRequests } => new BotApiException(BotApiFault.Busy, "Telegram answered 429"),
        RequestException { HttpStatusCode: { } status } when (int)status is >= 200 and < 300 => Unread(status),
        RequestException { HttpStatusCode: { } status } => new BotApiException(
            status == HttpStatusCode.RequestEntityTooLarge ? BotApiFault.Refused : BotApiFault.Away,
            $"Telegram answered {(int)status} with something that is not of the Bot API"),

        // Uses only the type of the inner error: the address of every request contains the token.
        _ => new BotApiException(BotApiFault.Away, $"Telegram cannot be reached: {KindOf(exception)}"),
    };

    /// <summary>The error for an answer that says by its status that the call was carried out, and whose content is broken.</summary>
    public static BotApiException Unread(HttpStatusCode status) =>
        new(BotApiFault.Unread, $"Telegram answered {(int)status} with something that is not of the Bot API");

    private static BotApiFault FaultOf(ApiRequestException answer) => answer.ErrorCode switch
    {
        403 => BotApiFault.UserGone,
        429 => BotApiFault.Busy,

        // 409 means a second program with this token, which may end, or a webhook, which may be deleted.
        409 or >= 500 => BotApiFault.Away,
        400 when answer.Message.Contains("message is not modified", StringComparison.OrdinalIgnoreCase) => BotApiFault.Unchanged,
        400 when Says(answer, GoneUsers) => BotApiFault.UserGone,
        400 when Says(answer, GoneMessages) => BotApiFault.MessageGone,
        _ => BotApiFault.Refused,
    };

    private static bool Says(ApiRequestException answer, string[] phrases) =>
        phrases.Any(phrase => answer.Message.Contains(phrase, StringComparison.OrdinalIgnoreCase));

    private static TimeSpan? WaitOf(ApiRequestException answer) =>
        answer.Parameters?.RetryAfter is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : null;

    private static string KindOf(Exception exception) => exception.InnerException switch
    {
        HttpRequestException { HttpRequestError: not HttpRequestError.Unknown and var error } => $"{error}",
        { } inner => inner.GetType().Name,
        _ => exception.GetType().Name,
    };
}
