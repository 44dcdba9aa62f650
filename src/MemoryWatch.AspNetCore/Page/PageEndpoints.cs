using System.Text;
using MemoryWatch.AspNetCore.Page.Access;
using MemoryWatch.AspNetCore.Page.Files;
using MemoryWatch.AspNetCore.Page.Live;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace MemoryWatch.AspNetCore.Page;

/// <summary>The addresses of the page. What one may not see does not exist: the answer is the same as for an unknown address.</summary>
internal sealed class PageEndpoints(PageGate gate, PageData data, LiveFeed feed)
{
    private const string Json = "application/json; charset=utf-8";
    private const string WrongKey = "That is not the key.";
    private const string TooManyAttempts = "There were too many attempts. Wait a minute, and try again.";
    private const string NoCookie = "The key is right, but the browser did not keep the cookie. Away from localhost it does so only over https.";

    // Marks the request after a right key. If it comes without the cookie, the form says why it is there again.
    private const string Entered = "entered";

    private static readonly string[] WindowNames = ["10m", "2h", "24h", "7d"];

    public RouteGroupBuilder Map(IEndpointRouteBuilder endpoints, string pattern)
    {
        var group = endpoints.MapGroup(pattern);

        // Without a constraint on methods, because routing would answer 405 to others and so tell that there is something.
        group.Map(string.Empty, PageAsync);
        group.Map("/enter", EnterAsync);
        MapFile(group, PageFiles.Style);
        MapFile(group, PageFiles.Script);
        MapFile(group, PageFiles.EnterScript);
        MapGuarded(group, "/snapshot", context => Answer.BytesAsync(context, Json, data.Snapshot()));
        MapGuarded(group, "/operations", context => Answer.BytesAsync(context, Json, data.Operations()));
        MapGuarded(group, "/findings", context => Answer.BytesAsync(context, Json, data.FindingsAsJson()));
        MapGuarded(group, "/history", HistoryAsync);
        MapGuarded(group, "/report", context => Answer.BytesAsync(context, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(data.Report)));
        MapGuarded(group, "/events", EventsAsync);
        return group;
    }

    private void MapGuarded(RouteGroupBuilder group, string path, RequestDelegate answer) => group.Map(path, async context =>
    {
        Answer.SetHeaders(context.Response);
        if (IsRead(context.Request) && await gate.AllowsAsync(context).ConfigureAwait(false))
        {
            await answer(context).ConfigureAwait(false);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
    });

    private static void MapFile(RouteGroupBuilder group, PageFile file) => group.Map($"/{file.Name}", context =>
    {
        Answer.SetHeaders(context.Response);
        if (IsRead(context.Request))
        {
            return Answer.FileAsync(context, file);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });

    private async Task PageAsync(HttpContext context)
    {
        Answer.SetHeaders(context.Response);
        if (!IsRead(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
        else if (await gate.AllowsAsync(context).ConfigureAwait(false))
        {
            await Answer.BytesAsync(context, PageFiles.Page.Type, PageMarkup.Page(data, Folder(context.Request))).ConfigureAwait(false);
        }
        else
        {
            await AskAsync(context, context.Request.Query.ContainsKey(Entered) ? NoCookie : string.Empty).ConfigureAwait(false);
        }
    }

    private async Task EnterAsync(HttpContext context)
    {
        Answer.SetHeaders(context.Response);
        if (!HttpMethods.IsPost(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (!gate.Attempts.TryTake())
        {
            await AskAsync(context, TooManyAttempts).ConfigureAwait(false);
            return;
        }

        var typed = await KeyForm.ReadAsync(context).ConfigureAwait(false);
        var key = await gate.KeyAsync().ConfigureAwait(false);
        if (!key.Is(typed?.Trim()))
        {
            await AskAsync(context, WrongKey).ConfigureAwait(false);
            return;
        }

        Session.Start(context, key, gate.Time);
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = $"{PageFromHere(context.Request)}?{Entered}";
    }

    /// <summary>The form for the key, with the status of an address that does not exist.</summary>
    private static Task AskAsync(HttpContext context, string message)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        var folder = context.Request.Path.Value!.EndsWith("/enter", StringComparison.OrdinalIgnoreCase) ? string.Empty : Folder(context.Request);
        return Answer.BytesAsync(context, PageFiles.Enter.Type, PageMarkup.Enter(folder, message));
    }

    private Task HistoryAsync(HttpContext context)
    {
        var asked = context.Request.Query["window"].ToString();
        var window = asked.Length == 0 ? 0 : Array.IndexOf(WindowNames, asked);
        if (window >= 0)
        {
            return Answer.ContentAsync(context, Json, data.History(window));
        }

        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Answer.BytesAsync(
            context, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes($"The window must be one of {string.Join(", ", WindowNames)}."));
    }

    private async Task EventsAsync(HttpContext context)
    {
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        if (feed.Join() is not { } viewer)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = "10";
            return;
        }

        try
        {
            using var gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, viewer.Dropped);
            context.Response.ContentType = "text/event-stream";
            context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            await foreach (var events in viewer.Events.ReadAllAsync(gone.Token).ConfigureAwait(false))
            {
                await context.Response.Body.WriteAsync(events, gone.Token).ConfigureAwait(false);
                await context.Response.Body.FlushAsync(gone.Token).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The page was closed, or the viewer did not take its events in time. What is left of its answer is dropped, too.
            context.Abort();
        }
        finally
        {
            feed.Leave(viewer);
        }
    }

    private static bool IsRead(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    /// <summary>The part of the addresses in the page before the names of its files, relative to the page, so that a proxy may change the path.</summary>
    private static string Folder(HttpRequest request)
    {
        var path = request.Path.Value ?? string.Empty;
        return path.EndsWith('/') ? string.Empty : $"{path[(path.LastIndexOf('/') + 1)..]}/";
    }

    /// <summary>The page, relative to the address of the form.</summary>
    private static string PageFromHere(HttpRequest request) => request.Path.Value!.Split('/') is [.., { Length: > 0 } page, _] ? $"../{page}" : "./";
}
