using System.Net;
using MemoryWatch.AspNetCore.Page;
using MemoryWatch.AspNetCore.Page.Live;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace MemoryWatch.AspNetCore.Tests.Support;

/// <summary>An application with a page, a watch and a clock of the test's own: in memory, or listening on this machine.</summary>
internal sealed class PageHost : IAsyncDisposable
{
    public const string Key = "the-key-of-the-tests";

    private PageHost(WebApplication app, StubWatch watch, FakeTimeProvider time, LogLines log) => (App, Watch, Time, Log) = (app, watch, time, log);

    public WebApplication App { get; }

    public StubWatch Watch { get; }

    public FakeTimeProvider Time { get; }

    public LogLines Log { get; }

    public TestServer Server => App.GetTestServer();

    /// <summary>The address on which it listens.</summary>
    public Uri Address => new(App.Urls.First());

    /// <summary>Number of open streams.</summary>
    public int Viewers => Feed.Count;

    /// <summary>What sends the streams.</summary>
    public LiveFeed Feed => App.Services.GetRequiredService<EndpointDataSource>().Endpoints
        .Select(endpoint => endpoint.Metadata.GetMetadata<PageMark>()).OfType<PageMark>().First().Feed;

    public static async Task<PageHost> StartAsync(
        Action<MemoryPageOptions>? page = null, StubWatch? watch = null, Action<IServiceCollection>? services = null,
        Action<WebApplication>? before = null, Action<IEndpointConventionBuilder>? after = null, string pattern = "/memory",
        Dictionary<string, string?>? configuration = null, bool listens = false, string? blackBox = null, bool mapsHome = true,
        Uri? address = null)
    {
        var (log, time) = (new LogLines(), new FakeTimeProvider(Demo.Now));
        watch ??= new();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(configuration ?? []);
        if (listens)
        {
            builder.WebHost.UseUrls(address?.ToString() ?? "http://127.0.0.1:0");
        }
        else
        {
            builder.WebHost.UseTestServer();
        }

        builder.Logging.ClearProviders().AddFilter("Microsoft", LogLevel.Warning).AddProvider(log);
        builder.Services.AddSingleton<TimeProvider>(time).AddSingleton<IMemoryWatch>(watch);
        builder.Services.Configure<MemoryWatchOptions>(o => o.BlackBox.Path = blackBox);
        services?.Invoke(builder.Services);
        var app = builder.Build();
        before?.Invoke(app);
        var mapped = app.MapMemoryWatch(pattern, page ?? (o => o.AccessKey = Key));
        after?.Invoke(mapped);
        if (mapsHome)
        {
            app.MapGet("/", () => "the application");
        }

        await app.StartAsync();
        return new(app, watch, time, log);
    }

    /// <summary>Sends a request as if it came over the network.</summary>
    public Task<HttpContext> SendAsync(
        string path, string method = "GET", string? from = "203.0.113.7", string host = "app.example.com", Action<HttpRequest>? request = null,
        string scheme = "http", CancellationToken closes = default) =>
        Server.SendAsync(
            context =>
            {
                context.Connection.RemoteIpAddress = from is null ? null : IPAddress.Parse(from);
                context.Request.Protocol = "HTTP/1.1";
                context.Request.Method = method;
                context.Request.Scheme = scheme;
                context.Request.Host = new(host);
                var parts = path.Split('?', 2);
                context.Request.Path = parts[0];
                context.Request.QueryString = new(parts.Length > 1 ? $"?{parts[1]}" : string.Empty);
                request?.Invoke(context.Request);
            },
            closes);

    /// <summary>Enters a key; returns the answer.</summary>
    public Task<HttpContext> EnterAsync(string? key, string host = "app.example.com", string scheme = "http") => SendAsync(
        "/memory/enter", "POST", host: host, scheme: scheme, request: request =>
        {
            request.ContentType = "application/x-www-form-urlencoded";
            request.Body = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(key is null ? string.Empty : $"key={Uri.EscapeDataString(key)}"));
        });

    /// <summary>Enters the key; returns the cookie as a browser sends it back.</summary>
    public async Task<string> CookieAsync(string key = Key) => (await EnterAsync(key)).Response.Headers.SetCookie.ToString().Split(';')[0];

    public static async Task<string> TextAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Response.Body);
        return await reader.ReadToEndAsync();
    }

    public async ValueTask DisposeAsync() => await App.DisposeAsync();
}
