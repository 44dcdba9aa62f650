namespace DownloaderBot.Sessions;

/// <summary>Disconnects every session when the bot stops.</summary>
internal sealed class SessionShutdown(SessionManager sessions) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => sessions.DisconnectAllAsync();
}
