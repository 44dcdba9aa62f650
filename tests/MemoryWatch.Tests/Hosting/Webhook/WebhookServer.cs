using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MemoryWatch.Tests.Hosting.Webhook;

/// <summary>A server on the machine itself that keeps what it gets, and answers as the test says.</summary>
internal sealed class WebhookServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<string> _bodies = Channel.CreateUnbounded<string>();

    public WebhookServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(AnswerAsync);
        _app.StartAsync().GetAwaiter().GetResult();
        Address = _app.Urls.Single();
    }

    public string Address { get; }

    /// <summary>Answers nothing for as long as the client waits.</summary>
    public static RequestDelegate Never { get; } = async context =>
    {
        var gone = new TaskCompletionSource();
        await using var registration = context.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    };

    /// <summary>How it answers; with 200 by default.</summary>
    public RequestDelegate? Answers { get; set; }

    public ConcurrentQueue<string> Received { get; } = new();

    public ConcurrentQueue<string> Paths { get; } = new();

    /// <summary>The next body that it gets.</summary>
    public async Task<string> NextAsync() => await _bodies.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var answers = Answers;
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        Paths.Enqueue(context.Request.Path);
        Received.Enqueue(body);
        _bodies.Writer.TryWrite(body);
        if (answers is not null)
        {
            await answers(context);
        }
    }
}
