using System.Runtime.CompilerServices;
using DownloaderBot.Chat;
using DownloaderBot.Sessions;

namespace DownloaderBot.Local;

/// <summary>Both ports where there is no platform behind them: nobody writes, and nobody can be reached.</summary>
internal sealed class NoChat : IChat, IUserSessionFactory, IUserLogins
{
    public async IAsyncEnumerable<IncomingMessage> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
        yield break;
    }

    public Task<long> SendAsync(long userId, string text, CancellationToken cancel) => throw new UserGoneException(userId);

    public Task EditAsync(long userId, long messageId, string text, CancellationToken cancel) =>
        throw new UserGoneException(userId);

    public Task DeleteAsync(long userId, long messageId, CancellationToken cancel) => throw new UserGoneException(userId);

    public Task SendFileAsync(long userId, string fileName, long length, Stream content, CancellationToken cancel) =>
        throw new UserGoneException(userId);

    public Task<IUserSession> LogInAsync(long userId, CancellationToken cancel) => throw NotConnected();

    public Task<IUserLogin> BeginAsync(long userId, string phone, CancellationToken cancel) => throw NotConnected();

    public Task ForgetAsync(long userId, CancellationToken cancel) => Task.CompletedTask;

    private static BotException NotConnected() => new("I am not connected to anything just now. Please try again later.");
}
