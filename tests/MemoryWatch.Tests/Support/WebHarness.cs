using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MemoryWatch.Tests.Support;

/// <summary>
/// A web application with a watch, in memory. Its endpoints answer text: the server in memory of .NET 8 does not take JSON from a later framework.
/// </summary>
internal sealed class WebHarness : IAsyncDisposable
{
    private WebHarness(WebApplication app, LogCapture log) =>
        (App, Log, Client, Watch) = (app, log, app.GetTestClient(), app.Services.GetRequiredService<IMemoryWatch>());

    public WebApplication App { get; }

    public LogCapture Log { get; }

    public HttpClient Client { get; }

    public IMemoryWatch Watch { get; }

    /// <summary>Starts an application whose requests are tracked.</summary>
    public static Task<WebHarness> StartAsync(
        Action<WebApplication> map, Action<RequestTrackingOptions>? tracking = null, Action<IServiceCollection>? services = null) =>
        StartPipelineAsync(
            app =>
            {
                app.UseMemoryWatchRequests(tracking);
                map(app);
            },
            services);

    /// <summary>Starts an application with a pipeline of the test's own.</summary>
    public static async Task<WebHarness> StartPipelineAsync(Action<WebApplication> build, Action<IServiceCollection>? services = null)
    {
        var log = new LogCapture();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Services.AddSingleton<ILoggerFactory>(log);
        builder.Services.AddMemoryWatch();
        services?.Invoke(builder.Services);
        var app = builder.Build();
        build(app);
        await app.StartAsync();
        return new(app, log);
    }

    /// <summary>The status that a request of this method is answered with.</summary>
    public async Task<int> SendAsync(string method, [StringSyntax(StringSyntaxAttribute.Uri)] string path)
    {
        using var request = new HttpRequestMessage(new(method), path);
        using var response = await Client.SendAsync(request);
        return (int)response.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await App.DisposeAsync();
        Log.Dispose();
    }
}
