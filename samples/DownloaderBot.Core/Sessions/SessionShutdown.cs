namespace DownloaderBot.Sessions;

/// <summary>Disconnects every session when the bot stops, if that is possible in time.</summary>
internal sealed class SessionShutdown(SessionManager sessions) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken) =>
        await sessions.DisconnectAllAsync().WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
