using System.Globalization;

namespace DownloaderBot.Local;

/// <summary>Serves posts over HTTP: their description and their bytes.</summary>
internal sealed class LocalPostEndpoints(LocalPace pace, TimeProvider time)
{
    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/posts/{channel}/{id:int}", context =>
        {
            if ((string?)context.Request.RouteValues["channel"] == LocalPost.Private)
            {
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                return Task.CompletedTask;
            }

            if (Find(context) is not { } post)
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            }

            return context.Response.WriteAsJsonAsync(
                post.Describe(), context.RequestAborted);
        });
        app.MapGet("/posts/{channel}/{id:int}/media", context => ServeAsync(context, Find(context)!));
    }

    private static LocalPost? Find(HttpContext context) =>
        LocalPost.Find((string)context.Request.RouteValues["channel"]!, int.Parse((string)context.Request.RouteValues["id"]!, null));

    private async Task ServeAsync(HttpContext context, LocalPost post)
    {
        var (channel, id) = (context.Request.RouteValues["channel"], context.Request.RouteValues["id"]);
        var offset = long.Parse(context.Request.Query["offset"].ToString(), CultureInfo.InvariantCulture);
        var breaks = post.Break == LocalBreak.Always || (post.Break == LocalBreak.First && offset == 0);
        var end = breaks ? post.ServedBytes / 2 : post.ServedBytes;
        var start = time.GetTimestamp();
        context.Response.ContentLength = post.ServedBytes - offset;
        try
        {
            for (var sent = offset; sent < end;)
            {
                var at = (int)(sent % LocalPost.Block.Length);
                var size = (int)Math.Min(LocalPost.Block.Length - at, end - sent);
                await context.Response.Body.WriteAsync(LocalPost.Block.AsMemory(at, size), context.RequestAborted);
                sent += size;
                await pace.WaitAsync($"https://t.me/{channel}/{id}", sent, offset, start, context.RequestAborted);
            }
        }
        catch (OperationCanceledException)
        {
            // The downloader closed the connection.
            return;
        }

        if (breaks)
        {
            context.Abort();
        }
    }
}
