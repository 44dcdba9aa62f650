using MemoryWatch;

namespace DownloaderBot.Downloads;

/// <summary>Whether memory has room for what users ask for, and leases of it for the downloads that run.</summary>
internal sealed class MemoryRoom(IMemoryWatch watch, MemoryHeadroomLimiter limiter, BotOptions options)
{
    /// <summary>The reply to those who ask for more while there is none.</summary>
    public const string ShortReply = "I am short of memory just now and take nothing new. Please try again in a few minutes.";

    /// <summary>Whether new work is refused, because the memory limit is imminent.</summary>
    public bool IsShort => options.StayAlive && watch.Current.Zone == MemoryZone.Imminent;

    /// <summary>Returns a lease of what a download usually needs; dispose it when the download ends.</summary>
    /// <param name="onWait">Called once if there is no room yet.</param>
    /// <param name="cancel">Cancels the wait.</param>
    /// <exception cref="NoRoomException">There was no room in time.</exception>
    public async Task<IDisposable?> TakeAsync(Func<Task> onWait, CancellationToken cancel)
    {
        if (!options.StayAlive)
        {
            return null;
        }

        var lease = limiter.AttemptAcquireFor(PostDelivery.DownloadOperation);
        if (!lease.IsAcquired)
        {
            await onWait();
            lease = await limiter.AcquireForAsync(PostDelivery.DownloadOperation, cancel);
        }

        return lease.IsAcquired ? lease : throw new NoRoomException();
    }
}

/// <summary>Memory was short for longer than a download waits for it.</summary>
internal sealed class NoRoomException()
    : BotException("I am short of memory, and it did not get better in time. Please send the link again in a few minutes.");

/// <summary>The watch cancelled the download that took the most memory.</summary>
internal sealed class MemoryTakenException(Exception inner)
    : BotException("I had to stop this download because memory was running out. Please send the link again in a few minutes.", inner);
