namespace DownloaderBot.Local;

/// <summary>Serves posts over HTTP: their description and their bytes.</summary>
internal sealed class LocalPostEndpoints(LocalPace pace, TimeProvider time)
{
    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/posts/{channel}/{id:int}", static (string channel, int id) =>
            channel == LocalPost.Private ? Results.StatusCode(StatusCodes.Status403Forbidden)
            : LocalPost.Find(channel, id) is { } post ? Results.Json(post.Describe())
            : Results.NotFound());
        app.MapGet("/posts/{channel}/{id:int}/media", ServeAsync);
    }

    private async Task ServeAsync(HttpContext context, string channel, int id, long offset)
    {
        var post = LocalPost.Find(channel, id)!;
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
