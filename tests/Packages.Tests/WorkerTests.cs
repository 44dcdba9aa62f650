namespace Packages.Tests;

/// <summary>A worker service, which has no web server.</summary>
[Collection(SharedFeed.Name)]
public sealed class WorkerTests(Feed feed, ITestOutputHelper output)
{
    private const string Program =
        """
        using MemoryWatch;

        var builder = Host.CreateApplicationBuilder(args);
        builder.Services.AddMemoryWatch();
        builder.Services.AddHostedService<Worker>();
        builder.Build().Run();

        sealed class Worker(IMemoryWatch watch, IHostApplicationLifetime lifetime) : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                using (watch.Track("Batch", "Folder 7"))
                {
                    await Task.Yield();
                }

                lifetime.StopApplication();
            }
        }
        """;

    [Theory]
    [InlineData("net8.0", "8.0.1")]
    [InlineData("net10.0", "10.0.14")]
    public void A_worker_is_watched_from_start_to_stop(string framework, string hosting)
    {
        var consumer = new Consumer("worker", "MemoryWatch.Hosting") { Framework = framework, Others = [("Microsoft.Extensions.Hosting", hosting)] };
        var folder = feed.NewProject("Worker", consumer, Program);
        ReplaceHosting(folder);

        var printed = feed.Dotnet(folder, "run");

        output.WriteLine(printed);
        printed.Should().Contain("Memory watch started | Limit: ").And.Contain("Batch Completed | Folder 7 | Memory: ").And.Contain("Memory watch stopped");
    }

    // The template has a reference of its own, to the version of its framework.
    private static void ReplaceHosting(string folder)
    {
        var project = Directory.GetFiles(folder, "*.csproj").Single();
        var lines = File.ReadAllLines(project).Where(line => !line.TrimStart().StartsWith("<PackageReference Include=\"Microsoft.Extensions.Hosting\"", StringComparison.Ordinal) || line.Contains("MemoryWatch", StringComparison.Ordinal));
        File.WriteAllLines(project, lines);
    }
}
