using DownloaderBot.Sessions;
using DownloaderBot.Users;
using MemoryWatch;

namespace DownloaderBot.Downloads;

/// <summary>Adds a user's requests to the queue and returns the result as text.</summary>
internal sealed class DownloadEnqueuer(DownloadService downloads, MemoryRoom room, IMemoryWatch watch, BotOptions options)
{
    public string Enqueue(UserRecord user, DownloadBatch batch) => Enqueue(user, batch.First, batch);

    public string Enqueue(UserRecord user, PostLink link, DownloadBatch? batch = null)
    {
        if (!user.IsLoggedIn)
        {
            return "Please /login first.";
        }

        if (room.IsShort)
        {
            watch.Mark("Download Refused", $"User {user.Id} | Memory: {watch.Current.Zone}");
            return MemoryRoom.ShortReply;
        }

        var result = downloads.Enqueue(user, link, batch);
        switch (result.Status)
        {
            case EnqueueStatus.Started:
                // Only the download itself knows when it has a session, and says so in its own message.
                return string.Empty;
            case EnqueueStatus.Waiting:
                return $"You are number {result.Position} in the queue. /canceldownload to leave it.";
            case EnqueueStatus.AlreadyThere:
                return "You have a download already, and only one can run at a time. /queue shows it, /canceldownload ends it.";
            case EnqueueStatus.Full:
                watch.Mark("Download Refused", $"User {user.Id} | Queue full: {options.MaxQueue} waiting");
                return $"The queue is full: {options.MaxQueue} are waiting. Please try again in a few minutes.";
            default:
                return "I am being restarted. Please try again in a minute.";
        }
    }
}
