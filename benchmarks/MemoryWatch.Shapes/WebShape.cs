using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MemoryWatch.Shapes;

/// <summary>Growth in a request, in a web application whose requests the package tracks.</summary>
internal static class WebShape
{
    public static async Task GrowAsync(Stage stage)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(stage.Watch);
        await using var app = builder.Build();
        app.UseRouting();
        app.UseMemoryWatchRequests();
        app.MapGet("/grow", async () =>
        {
            await stage.TakeAllAsync();
            stage.ReachTop();
            await Task.Delay(Stage.AtTop, TimeProvider.System);
            return "grown";
        });
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        using var client = new HttpClient();
        await client.GetStringAsync(new Uri($"{address}/grow"));
    }
}
