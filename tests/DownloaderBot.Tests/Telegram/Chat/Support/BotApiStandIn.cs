using System.Net;
using DownloaderBot.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace DownloaderBot.Tests.Telegram.Chat.Support;

/// <summary>Telegram's Bot API on the loopback interface, as far as the bot uses it; told to, it fails as the real one does.</summary>
internal sealed class BotApiStandIn : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Changes _changes = new();
    private readonly List<BotCall> _calls = [];
    private readonly Dictionary<string, Queue<Fault>> _faults = [];
    private readonly CancellationTokenSource _end = new();
    private readonly BotApiMethods _methods;
    private readonly WebApplication _server;

    private BotApiStandIn(string token)
    {
        Token = token;
        Updates = new(_changes);
        _methods = new(Updates);
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port: 0);
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
        });
        _server = builder.Build();
        _server.UseRouting();
        _server.MapPost("/bot{token}/{method}", HandleAsync);
        _server.MapPost("/bot{token}/test/{method}", HandleAsync);
    }

    public string Token { get; set; }

    /// <summary>From when on no call is answered.</summary>
    public bool Hangs { get; set; }

    public UpdateQueue Updates { get; }

    public string Address => _server.Urls.Single();

    /// <summary>Users who have blocked the bot.</summary>
    public ISet<long> Blocked => _methods.Blocked;

    /// <summary>Called for each piece of a file, with what has come of it.</summary>
    public Func<long, CancellationToken, Task>? UploadGate { get; set; }

    public IReadOnlyList<BotCall> Calls { get { lock (_lock) { return [.. _calls]; } } }

    public static async Task<BotApiStandIn> StartAsync(string token = "4711:stand-in")
    {
        var standIn = new BotApiStandIn(token);
        await standIn._server.StartAsync(TestTime.Limit);
        return standIn;
    }

    /// <summary>What the next calls of a method meet instead of an answer.</summary>
    public void Fail(string method, params Fault[] faults)
    {
        lock (_lock)
        {
            var queue = _faults.TryGetValue(method, out var known) ? known : _faults[method] = [];
            Array.ForEach(faults, queue.Enqueue);
        }
    }

    /// <summary>A user writes to the bot; returns the id of the update.</summary>
    public int Say(long userId, string text) => Updates.Add("message", BotApiMethods.Message(Updates.Next, userId, text));

    /// <summary>The calls of a method, once there are so many.</summary>
    public async Task<BotCall[]> CallsAsync(string method, int count = 1)
    {
        BotCall[] found = [];
        await _changes.WaitAsync(() => (found = [.. Calls.Where(call => call.Method == method)]).Length >= count, TestTime.Limit);
        return found;
    }

    /// <summary>Waits for a text to a user.</summary>
    public Task HearAsync(long userId, string words) => _changes.WaitAsync(
        () => Calls.Any(call => call.Method is "sendMessage" or "editMessageText"
            && call.Number("chat_id") == userId && call.Text("text")!.Contains(words, StringComparison.Ordinal)),
        TestTime.Limit);

    /// <summary>Gone from then on, as a server that is down: nothing listens.</summary>
    public async Task StopAsync()
    {
        await _end.CancelAsync();
        await _server.StopAsync(TestTime.Limit);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _server.DisposeAsync();
        _end.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _end.Token);
        context.RequestAborted = either.Token;
        try
        {
            var token = (string)context.Request.RouteValues["token"]!;
            var method = (string)context.Request.RouteValues["method"]!;
            if (token != Token)
            {
                await BotApiAnswer.ErrorAsync(context, 401, "Unauthorized");
                return;
            }

            var call = await BotCallReader.ReadAsync(method, context, UploadGate) with { Path = context.Request.Path };
            await (Note(call) ?? (Hangs ? Faults.Silence : c => _methods.AnswerAsync(call, c)))(context);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The bot hung up, or the test is over.
            context.Abort();
        }
    }

    /// <summary>Enters the call; returns what is to go wrong with it.</summary>
    private Fault? Note(BotCall call)
    {
        Fault? fault;
        lock (_lock)
        {
            _calls.Add(call);
            fault = _faults.TryGetValue(call.Method, out var queue) && queue.TryDequeue(out var next) ? next : null;
        }

        _changes.Signal();
        return fault;
    }
}
