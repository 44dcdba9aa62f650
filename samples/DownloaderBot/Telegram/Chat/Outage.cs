using DownloaderBot.Logging;

namespace DownloaderBot.Telegram.Chat;

/// <summary>Says once that Telegram is away, and once that it is back. For the one who polls.</summary>
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
