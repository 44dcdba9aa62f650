using Microsoft.AspNetCore.Http;

namespace DownloaderBot.Tests.Telegram.Chat.Support;

/// <summary>What a server does instead of an answer.</summary>
internal delegate Task Fault(HttpContext context);

internal static class Faults
{
    public static Fault TooMany(int seconds) =>
        context => BotApiAnswer.ErrorAsync(context, 429, $"Too Many Requests: retry after {seconds}", seconds);

    public static Fault Error(int code, string description) => context => BotApiAnswer.ErrorAsync(context, code, description);

    /// <summary>As of a proxy whose server is away.</summary>
    public static Fault Html(int status) => async context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html";
        await context.Response.WriteAsync($"<html><body><h1>{status}</h1></body></html>");
    };

    /// <summary>An answer of some status that nobody can read.</summary>
    public static Fault Json(int status, string json) => async context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(json);
    };

    /// <summary>The connection ends before an answer.</summary>
    public static Task Cut(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    /// <summary>The connection ends in the middle of the answer, which by then says by its status that the call was accepted.</summary>
    public static async Task HalfAnAnswer(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = 1000;
        await context.Response.WriteAsync("{\"ok\":true,\"result\":");
        await context.Response.Body.FlushAsync();
    }

    /// <summary>No answer, ever.</summary>
    public static async Task Silence(HttpContext context)
    {
        var gone = new TaskCompletionSource();
        await using var registration = context.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    }
}
