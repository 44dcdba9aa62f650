using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DownloaderBot.Local.Page;

/// <summary>The page at <c>/</c> on which one person plays several users, and the endpoints for its script.</summary>
internal static class PageEndpoints
{
    private const int MostBytesTyped = 16 << 10;
    private const int MostUsers = 50;

    public static void MapLocalPage(this WebApplication app)
    {
        app.Use(PageGuard.CheckAsync);
        var page = app.MapGroup(string.Empty).WithMetadata(new PageGuard.Guarded());
        PageFiles.Map(page);
        page.MapPost("/local/users/{id:long:min(1)}/messages", TypeAsync);
        page.MapGet("/local/events", Follow);
        page.MapGet("/local/files/{key}", Fetch);
    }

    private static async Task<IResult> TypeAsync(long id, HttpContext context, LocalChat chat)
    {
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = MostBytesTyped;
        using var reader = new StreamReader(context.Request.Body);
        var text = await reader.ReadToEndAsync(context.RequestAborted);
        return Results.Json(new { id = await chat.TypeAsync(id, text, context.RequestAborted) });
    }

    private static ServerSentEventsResult<object> Follow(string users, PageFeed feed, HttpContext context)
    {
        var ids = users.Split(',').Take(MostUsers)
            .Select(text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.ServerSentEvents(feed.ReadAsync([.. ids.Distinct()], context.RequestAborted));
    }

    private static IResult Fetch(string key, string? name, KeptFiles kept, HttpResponse response)
    {
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-store";
        return kept.Find(key) is { } content
            ? Results.File(content, "application/octet-stream", name ?? "file")
            : Results.NotFound();
    }
}
