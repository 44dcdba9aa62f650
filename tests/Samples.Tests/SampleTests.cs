using System.Net;
using System.Reflection;

namespace Samples.Tests;

/// <summary>Runs the small samples as a reader does, and looks at what they print and answer.</summary>
public sealed class SampleTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("memorywatch-samples-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_web_api_tracks_its_requests_and_has_a_page_and_a_health_check()
    {
        using var program = new SampleProgram("WebApi", _folder, "--urls", "http://127.0.0.1:0");
        var address = (await program.UntilAsync("Now listening on: ")).Split("on: ")[1];
        using var client = new HttpClient { BaseAddress = new(address) };

        (await client.GetByteArrayAsync("/thumbnails/7")).Should().HaveCount(20_000);
        (await client.GetByteArrayAsync("/thumbnails/7")).Should().HaveCount(20_000);

        (await program.UntilAsync("Thumbnail Completed | Picture 7")).Should().Contain("allocated 1.9 MB");
        (await client.GetStringAsync("/health")).Should().Be("Healthy");
        (await client.GetStringAsync("/operations")).Should().MatchRegex("\"name\":\"GET /thumbnails/\\{id:int\\}\",\"count\":2")
            .And.MatchRegex("\"name\":\"Thumbnail\",\"count\":1");
        (await client.GetAsync("/memory")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_worker_attributes_jobs_behind_a_channel_reports_budgets_and_frees_its_cache()
    {
        using var program = new SampleProgram("Worker", _folder, "--MemoryWatch:HighThreshold=20MB", "--MemoryWatch:ElevatedThreshold=10MB");

        (await program.UntilAsync("Job Completed | Number 10 ")).Should().Contain("allocated 7.6 MB");
        (await program.UntilAsync("OVER BUDGET")).Should().Contain("Job");
        await program.UntilAsync("Results freed");
    }

    [Fact]
    public async Task The_worker_explains_after_a_kill_what_was_in_flight()
    {
        using (var killed = new SampleProgram("Worker", _folder))
        {
            await killed.UntilAsync("Job Started");
        }

        using var next = new SampleProgram("Worker", _folder);

        await next.UntilAsync("PREVIOUS RUN");
    }

    [Theory]
    [InlineData("WebApi")]
    [InlineData("Worker")]
    public void A_sample_has_less_than_100_lines(string sample)
    {
        var samples = typeof(SampleTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "SamplesFolder").Value!;

        Directory.GetFiles(Path.Combine(samples, sample), "*.cs").Sum(file => File.ReadLines(file).Count()).Should().BeLessThan(100);
    }
}
