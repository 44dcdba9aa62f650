using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using MemoryWatch.AspNetCore.Tests.Support;

namespace MemoryWatch.AspNetCore.Tests.Json;

/// <summary>
/// The names and kinds in the answers for scripts are an agreement with their authors. Set <c>MEMORYWATCH_APPROVE=1</c> to accept a change on purpose.
/// </summary>
public sealed class ShapeTests
{
    private static readonly string Folder = Path.Combine(
        typeof(ShapeTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "ProjectFolder").Value!, "Json");

    [Theory]
    [InlineData("snapshot")]
    [InlineData("operations")]
    [InlineData("findings")]
    [InlineData("history")]
    public async Task Answers_keep_their_shape(string name)
    {
        await using var host = await PageHost.StartAsync(watch: Demo.Watch(MemoryZone.Critical));
        var context = await host.SendAsync($"/memory/{name}", from: "127.0.0.1", host: "localhost");
        var shape = new SortedSet<string>(StringComparer.Ordinal);
        Describe(JsonNode.Parse(await PageHost.TextAsync(context)), string.Empty, shape);
        var file = Path.Combine(Folder, $"{name}.approved.txt");

        context.Response.ContentType.Should().Be("application/json; charset=utf-8");
        if (Environment.GetEnvironmentVariable("MEMORYWATCH_APPROVE") == "1")
        {
            await File.WriteAllLinesAsync(file, shape);
        }

        shape.Should().Equal(await File.ReadAllLinesAsync(file));
    }

    [Fact]
    public async Task A_number_that_is_not_known_is_null_and_never_0()
    {
        await using var host = await PageHost.StartAsync(watch: new() { Current = new() { Time = Demo.Now } });

        var snapshot = JsonNode.Parse(await PageHost.TextAsync(await host.SendAsync("/memory/snapshot", from: "127.0.0.1", host: "localhost")))!;

        snapshot["usage"]!.AsObject().ContainsKey("usedBytes").Should().BeTrue();
        snapshot["usage"]!["usedBytes"].Should().BeNull();
        snapshot["process"]!["residentBytes"].Should().BeNull();
    }

    [Fact]
    public async Task Values_are_those_of_the_watch()
    {
        await using var host = await PageHost.StartAsync(watch: Demo.Watch());

        var snapshot = JsonNode.Parse(await PageHost.TextAsync(await host.SendAsync("/memory/snapshot", from: "127.0.0.1", host: "localhost")))!;
        var history = JsonNode.Parse(await PageHost.TextAsync(await host.SendAsync("/memory/history?window=7d", from: "127.0.0.1", host: "localhost")))!;
        var operations = JsonNode.Parse(await PageHost.TextAsync(await host.SendAsync("/memory/operations", from: "127.0.0.1", host: "localhost")))!;

        ((string)snapshot["headline"]!).Should().Be("Healthy: 186 of 512 MB, nothing grows.");
        ((long)snapshot["usage"]!["usedBytes"]!).Should().Be(186L << 20);
        ((string)snapshot["zone"]!).Should().Be("Healthy");
        ((double)history["resolutionSeconds"]!).Should().Be(600);
        history["points"]!["time"]!.AsArray().Count.Should().Be(history["points"]!["usedMaxBytes"]!.AsArray().Count).And.BeGreaterThan(900);
        ((int)operations["inFlightCount"]!).Should().Be(3);
        ((string)operations["inFlight"]![0]!["context"]!).Should().Be("User 5");
    }

    [Theory]
    [InlineData("1h")]
    [InlineData("10M")]
    [InlineData("<script>")]
    public async Task A_window_that_does_not_exist_is_named_with_those_that_do(string window)
    {
        await using var host = await PageHost.StartAsync(watch: Demo.Watch());

        var context = await host.SendAsync($"/memory/history?window={window}", from: "127.0.0.1", host: "localhost");

        context.Response.StatusCode.Should().Be(400);
        (await PageHost.TextAsync(context)).Should().Be("The window must be one of 10m, 2h, 24h, 7d.");
    }

    [Fact]
    public async Task Of_very_many_operations_in_flight_those_that_allocated_most_are_answered()
    {
        var watch = new StubWatch
        {
            InFlight = [.. Enumerable.Range(1, 5000).Select(i => new OperationInFlight { OperationId = i, Name = "Message", Age = TimeSpan.FromSeconds(6000 - i), Allocation = new() { AllocatedBytes = i } })],
        };
        await using var host = await PageHost.StartAsync(watch: watch);

        var operations = JsonNode.Parse(await PageHost.TextAsync(await host.SendAsync("/memory/operations", from: "127.0.0.1", host: "localhost")))!;

        ((int)operations["inFlightCount"]!).Should().Be(5000);
        operations["inFlight"]!.AsArray().Select(o => (long)o!["id"]!).Should().Equal(Enumerable.Range(4901, 100).Select(i => (long)i));
    }

    [Fact]
    public async Task Hidden_contexts_are_nowhere()
    {
        await using var host = await PageHost.StartAsync(o => (o.AccessKey, o.ShowContext) = (PageHost.Key, false), Demo.Watch(MemoryZone.Critical), listens: true);
        using var client = new HttpClient { BaseAddress = host.Address };
        foreach (var path in new[] { "", "/snapshot", "/operations", "/findings", "/history", "/history?window=7d", "/report" })
        {
            var text = await client.GetStringAsync($"memory{path}");

            text.Should().NotContain("User ", path).And.NotContain("feed.xml", path).And.NotContain("part 3 of 8", path);
        }

        (await client.GetStringAsync("memory/operations")).Should().Contain("Download");
        using var stream = new StreamReader(await client.GetStreamAsync("memory/events"));
        for (var i = 0; i < 6; i++)
        {
            (await stream.ReadLineAsync()).Should().NotContain("User ");
        }
    }

    [Fact]
    public async Task Clients_that_take_it_get_compressed_answers()
    {
        await using var host = await PageHost.StartAsync(watch: Demo.Watch());

        var plain = await host.SendAsync("/memory/history", from: "127.0.0.1", host: "localhost");
        var small = await host.SendAsync("/memory/history", from: "127.0.0.1", host: "localhost", request: r => r.Headers.AcceptEncoding = "gzip, deflate, br");
        var refused = await host.SendAsync("/memory/history", from: "127.0.0.1", host: "localhost", request: r => r.Headers.AcceptEncoding = "gzip;q=0");

        small.Response.Headers.ContentEncoding.ToString().Should().Be("gzip");
        (small.Response.ContentLength * 2).Should().BeLessThan(plain.Response.ContentLength!.Value);
        plain.Response.Headers.ContentEncoding.Should().BeEmpty();
        refused.Response.Headers.ContentEncoding.Should().BeEmpty();
    }

    private static void Describe(JsonNode? node, string path, SortedSet<string> shape)
    {
        switch (node)
        {
            case JsonObject values:
                foreach (var (name, value) in values)
                {
                    Describe(value, path.Length == 0 ? name : $"{path}.{name}", shape);
                }

                break;
            case JsonArray items:
                shape.Add($"{path}[]");
                foreach (var item in items)
                {
                    Describe(item, $"{path}[]", shape);
                }

                break;
            case null:
                shape.Add($"{path}: null");
                break;
            default:
                shape.Add($"{path}: {(node.GetValueKind() is JsonValueKind.True or JsonValueKind.False ? "flag" : node.GetValueKind().ToString().ToLowerInvariant())}");
                break;
        }
    }
}
