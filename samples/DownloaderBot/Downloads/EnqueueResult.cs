namespace DownloaderBot.Downloads;

internal enum EnqueueStatus
{
    Started,
    Waiting,
    AlreadyThere,
    Full,
    Closed,
}

/// <summary>What became of a job; the position, from 1, is of one that waits.</summary>
internal readonly record struct EnqueueResult(EnqueueStatus Status, int Position = 0);
