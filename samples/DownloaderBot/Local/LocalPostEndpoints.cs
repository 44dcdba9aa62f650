namespace DownloaderBot.Local;

/// <summary>Serves posts over HTTP: their description and their bytes.</summary>
internal sealed class LocalPostEndpoints(LocalPace pace, TimeProvider time)
{
    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/posts/{channel}/{id:int}", context =>
        {
            if (Find(context) is not { } post)
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            }

            return context.Response.WriteAsJsonAsync(
                new LocalPostInfo(post.FileName, post.AnnouncedBytes), context.RequestAborted);
        });
        app.MapGet("/posts/{channel}/{id:int}/media", context => ServeAsync(context, Find(context)!));
    }

    private static LocalPost? Find(HttpContext context) =>
        LocalPost.Find((string)context.Request.RouteValues["channel"]!, int.Parse((string)context.Request.RouteValues["id"]!, null));

    private async Task ServeAsync(HttpContext context, LocalPost post)
    {
        var (channel, id) = (context.Request.RouteValues["channel"], context.Request.RouteValues["id"]);
        var end = post.IsCut ? post.ServedBytes / 2 : post.ServedBytes;
        var start = time.GetTimestamp();
        context.Response.ContentLength = post.ServedBytes;
        try
        {
            for (var sent = 0L; sent < end;)
            {
                var size = (int)Math.Min(LocalPost.Block.Length, end - sent);
                await context.Response.Body.WriteAsync(LocalPost.Block.AsMemory(0, size), context.RequestAborted);
                sent += size;
                await pace.WaitAsync($"https://t.me/{channel}/{id}", sent, start, context.RequestAborted);
            }
        }
        catch (OperationCanceledException)
        {
            // The downloader closed the connection.
            return;
        }

        if (post.IsCut)
        {
            context.Abort();
        }
    }
}
