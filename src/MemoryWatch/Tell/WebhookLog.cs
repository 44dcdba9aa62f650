using Microsoft.Extensions.Logging;

namespace MemoryWatch.Tell;

/// <summary>The log events of the webhook; written by MemoryWatch.Hosting, which compiles this file too. None contains the address.</summary>
internal static partial class WebhookLog
{
    /// <summary>The id of the event that says that messages cannot be delivered.</summary>
    public const int FailedEvent = 85;

    /// <summary>The id of the event that says that messages are delivered again.</summary>
    public const int RecoveredEvent = 86;

    [LoggerMessage(FailedEvent, LogLevel.Warning,
        "The webhook at {host} did not take a message ({problem}). Messages that it does not take are dropped; not logged again until it takes one")]
    public static partial void Failed(ILogger logger, string host, string problem);

    [LoggerMessage(RecoveredEvent, LogLevel.Information, "The webhook at {host} takes messages again. Dropped meanwhile: {count}")]
    public static partial void Recovered(ILogger logger, string host, int count);

    /// <summary>Why a message was not taken, for <see cref="Failed"/>.</summary>
    public static string Answered(int status) => status is >= 300 and < 400
        ? $"it answered {status}: a redirect is not followed, because it may lead to a server that the message is not meant for"
        : $"it answered {status}";

    /// <summary>Why a message was not taken, for <see cref="Failed"/>.</summary>
    public static string NoAnswer(TimeSpan timeout) => $"no answer within {timeout.TotalSeconds:0} s";
}
