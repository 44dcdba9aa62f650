using DownloaderBot.Sessions;

namespace DownloaderBot.Local;

internal sealed class LocalUserSessionFactory(LocalPlatform platform, LocalOptions options) : IUserSessionFactory
{
    public Task<IUserSession> LogInAsync(long userId, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return Task.FromResult<IUserSession>(new LocalUserSession(platform.Client, options.SessionMegabytes));
    }
}
