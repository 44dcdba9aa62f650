using DownloaderBot.Chat;
using DownloaderBot.Sessions;

namespace DownloaderBot.Downloads;

internal enum DownloadStatus
{
    Delivered,
    Failed,

    /// <summary>The post has no file.</summary>
    Skipped,

    Cancelled,

    /// <summary>The user blocked the bot, so it cannot send a reply.</summary>
    UserGone,
}

/// <summary>How a download ended.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Text">A text for its user.</param>
/// <param name="HoldsForNext">Whether the next post of the same batch would end in the same way.</param>
internal sealed record DownloadOutcome(DownloadStatus Status, string Text, bool HoldsForNext = false)
{
    public static DownloadOutcome Failed(BotException exception) => new(
        DownloadStatus.Failed,
        exception.Message,
        exception is SessionEndedException or FloodWaitException or ConnectionLostException or ChatAwayException
            or UnknownChannelException or PrivatePostException);
}
