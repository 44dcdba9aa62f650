using DownloaderBot.Logging;

namespace DownloaderBot.Telegram.Chat;

/// <summary>Logs once that Telegram is unavailable, and once that it is back. Used by the polling loop only.</summary>
internal sealed class Outage(TimeProvider time, ILogger<Outage> logger)
{
    private long? _since;

    public void Begin(string reason)
    {
        if (_since is null)
        {
            _since = time.GetTimestamp();
            logger.TelegramAway(reason);
        }
    }

    public void End()
    {
        if (_since is { } since)
        {
            _since = null;
            logger.TelegramBack((long)time.GetElapsedTime(since).TotalSeconds);
        }
    }
}
