using DownloaderBot.Sessions;

namespace DownloaderBot.Telegram.Sessions;

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
