using DownloaderBot.Sessions;

namespace DownloaderBot.Local;

/// <summary>The session port where there is no platform behind it: nobody can log in.</summary>
internal sealed class NoChat : IUserSessionFactory, IUserLogins
{
    public Task<IUserSession> LogInAsync(long userId, CancellationToken cancel) => throw NotConnected();

    public Task<IUserLogin> BeginAsync(long userId, string phone, CancellationToken cancel) => throw NotConnected();

    public Task ForgetAsync(long userId, CancellationToken cancel) => Task.CompletedTask;

    private static BotException NotConnected() => new("I am not connected to anything just now. Please try again later.");
}
