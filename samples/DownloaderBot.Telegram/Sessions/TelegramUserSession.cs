using DownloaderBot.Sessions;

namespace DownloaderBot.Telegram.Sessions;

/// <summary>The user-session port on Telegram.</summary>
internal sealed class TelegramUserSession(
    long userId, SessionOpener opener, TelegramTimeouts timeouts, TimeProvider time, ILogger<TelegramUserSession> logger) : IUserSession
{
    private const int MostFailures = 2;

    private readonly UserConnection _connection = new(userId, opener);
    private readonly PostFinder _posts = new();

    public Task ConnectAsync(CancellationToken cancel) => _connection.OpenAsync(cancel);

    public async Task<IReadOnlyList<MediaInfo>> FindFilesAsync(PostLink link, bool wholeAlbum, CancellationToken cancel)
    {
        var attempts = new Attempts(MostFailures, timeouts, time);
        while (true)
        {
            try
            {
                return await _connection.UseAsync(c => _posts.FindFilesAsync(c, link, wholeAlbum, cancel), cancel);
            }
            catch (ConnectionLostException)
            {
                if (!await attempts.TryAgainAsync(cancel))
                {
                    throw;
                }
            }
        }
    }

    public Task DownloadAsync(MediaInfo media, long offset, Stream destination, Action<long> spent, CancellationToken cancel) =>
        new MediaDownload(_connection, _posts, timeouts, time, LogResumed, spent).RunAsync(
            (TelegramMedia)media, offset, destination, cancel);

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private void LogResumed(long offset, Exception exception) => logger.Resumed(userId, offset, exception.GetType().Name);
}

internal sealed class TelegramUserSessionFactory(
    SessionOpener opener, TelegramTimeouts timeouts, TimeProvider time, ILogger<TelegramUserSession> logger) : IUserSessionFactory
{
    public async Task<IUserSession> LogInAsync(long userId, CancellationToken cancel)
    {
        var session = new TelegramUserSession(userId, opener, timeouts, time, logger);
        try
        {
            await session.ConnectAsync(cancel);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }
}
