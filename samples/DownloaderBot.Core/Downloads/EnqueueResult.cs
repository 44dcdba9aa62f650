namespace DownloaderBot.Downloads;

internal enum EnqueueStatus
{
    Started,
    Waiting,
    AlreadyThere,
    Full,
    Closed,
}

/// <summary>The result of adding a job; the position, from 1, is that of a waiting job.</summary>
internal readonly record struct EnqueueResult(EnqueueStatus Status, int Position = 0);
