using MemoryWatch;
using WebApi;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton<ThumbnailCache>();
builder.Services.AddMemoryWatch()
    .AddBlackBox()
    .AddMetric<ThumbnailCache>("Thumbnails", cache => cache.Count, metric => metric.Maximum = ThumbnailCache.MaxCount)
    .AddMetric<ThumbnailCache>("Thumbnail size", cache => cache.Bytes, metric => metric.Unit = "bytes");
builder.Services.AddHealthChecks().AddMemoryWatch();

var app = builder.Build();

// Each request is an operation by itself, so an endpoint tracks only work of which you want to see the share and the subject.
app.UseMemoryWatchRequests();
app.MapMemoryWatch();
app.MapHealthChecks("/health");
app.MapGet("/thumbnails/{id:int}", async (int id, ThumbnailCache cache, IMemoryWatch watch) =>
{
    var thumbnail = cache.Find(id) ?? await watch.TrackAsync("Thumbnail", $"Picture {id}", async () =>
    {
        var picture = new byte[2_000_000];
        await Task.Yield();
        return cache.Add(id, picture[..20_000]);
    });
    return Results.Bytes(thumbnail, "image/png");
});
app.MapGet("/operations", (IMemoryWatch watch) => watch.TotalsByName);
app.Run();
