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

/// <summary>How a download ended, with a text for its user.</summary>
internal sealed record DownloadOutcome(DownloadStatus Status, string Text);
