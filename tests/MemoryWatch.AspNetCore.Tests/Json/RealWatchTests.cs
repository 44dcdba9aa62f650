using System.Text.Json.Nodes;
using MemoryWatch.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MemoryWatch.AspNetCore.Tests.Json;

/// <summary>The page of an application with a watch that reads this machine.</summary>
public sealed class RealWatchTests
{
    [Fact]
    public async Task An_operation_and_the_memory_of_this_process_are_in_the_answers()
    {
        using var folder = new TempFolder();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddMemoryWatch(o => o.Limit = "8GB").AddBlackBox(folder.File("memory.blackbox"));
        await using var app = builder.Build();
        app.MapMemoryWatch(configure: o => o.AccessKey = PageHost.Key);
        await app.StartAsync();
        var watch = app.Services.GetRequiredService<IMemoryWatch>();
        using (watch.Track("Download", "User 5"))
        {
        }

        Wait.Until(() => watch.History(TimeSpan.FromMinutes(10)) is { Points.Count: > 0, Operations.Count: > 0 }, "the watch reads every second");
        using var client = app.GetTestClient();
        using var entered = await client.PostAsync("/memory/enter", new FormUrlEncodedContent([new("key", PageHost.Key)]));
        client.DefaultRequestHeaders.Add("Cookie", entered.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);

        var snapshot = JsonNode.Parse(await client.GetStringAsync("/memory/snapshot"))!;
        var history = JsonNode.Parse(await client.GetStringAsync("/memory/history"))!;

        ((long)snapshot["process"]!["residentBytes"]!).Should().BeGreaterThan(1 << 20);
        ((string)snapshot["headline"]!).Should().Contain("of 8192 MB");
        history["operations"]!.AsArray().Should().Contain(o => (string)o!["name"]! == "Download" && (string)o["context"]! == "User 5");
        ((long)history["points"]!["usedMaxBytes"]![0]!).Should().BeGreaterThan(1 << 20);
        (await client.GetStringAsync("/memory")).Should().Contain("of 8192");
    }
}
