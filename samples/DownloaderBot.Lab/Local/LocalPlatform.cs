using System.Net;

namespace DownloaderBot.Local;

/// <summary>
/// The other side of the local chat: a separate server on a free port of the loopback interface only. It serves posts and receives files, as real
/// bytes over real sockets.
/// </summary>
internal sealed class LocalPlatform(LocalPostEndpoints posts, LocalInboxEndpoints inbox) : IHostedService, IDisposable
{
    private WebApplication? _server;

    /// <summary>A client of the platform. It streams both ways, so it sets no time limit on a whole transfer.</summary>
    public HttpClient Client { get; } = new() { Timeout = Timeout.InfiniteTimeSpan };

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port: 0);
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
        });
        _server = builder.Build();
        _server.UseRouting();
        posts.Map(_server);
        inbox.Map(_server);
        await _server.StartAsync(cancellationToken);
        Client.BaseAddress = new(_server.Urls.Single());
    }

    public Task StopAsync(CancellationToken cancellationToken) =>
        _server?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public void Dispose()
    {
        Client.Dispose();
        (_server as IDisposable)?.Dispose();
    }
}
