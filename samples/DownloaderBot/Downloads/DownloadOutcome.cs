namespace DownloaderBot.Downloads;

internal enum DownloadStatus
{
    Delivered,
    Failed,
    Cancelled,

    /// <summary>The user blocked the bot: nobody is there to be told.</summary>
    UserGone,
}

/// <summary>How a download ended, in words for its user.</summary>
internal sealed record DownloadOutcome(DownloadStatus Status, string Text);
