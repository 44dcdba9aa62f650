namespace Packages.Tests;

/// <summary>The programs of the README, exactly as it shows them, in new projects that take the packed packages.</summary>
[Collection(SharedFeed.Name)]
public sealed class ReadmeProgramTests(Feed feed, ITestOutputHelper output)
{
    [Theory]
    [InlineData("net8.0")]
    [InlineData("net10.0")]
    public void The_first_program_tracks_a_download(string framework)
    {
        var printed = Run(new("web", "MemoryWatch.Hosting") { Framework = framework }, program: 0, "/download/7");

        printed.Should().Contain("Memory watch started | Limit: ")
            .And.Contain("Download Started | User 7 | Memory: ").And.Contain("Download Completed | User 7 | Memory: ");
    }

    [Theory]
    [InlineData("net8.0", "8.0.1")]
    [InlineData("net10.0", "10.0.14")]
    public void The_program_without_a_host_marks_tracks_and_takes_a_snapshot(string framework, string logging)
    {
        var consumer = new Consumer("console", "MemoryWatch") { Framework = framework, Others = [("Microsoft.Extensions.Logging.Console", logging)] };

        var printed = Run(consumer, program: 1);

        printed.Should().Contain("Memory watch started | Limit: ").And.Contain("Session Created | User 123 | Memory: ")
            .And.Contain("Download Completed | User 123 | Memory: ").And.Contain("📊 MEMORY SNAPSHOT | Operation: Download Finished")
            .And.Contain("Queue: 0 items | Threads: ").And.Contain("└─ Context: 42 bytes");
    }

    [Theory]
    [InlineData("net8.0")]
    [InlineData("net10.0")]
    public void The_program_with_requests_counts_them_and_serves_the_page(string framework)
    {
        var printed = Run(new("web", "MemoryWatch.AspNetCore") { Framework = framework }, program: 2, "/files/7", "/operations", "/memory");

        printed.Should().MatchRegex("\"name\":\"GET /files/\\{id\\}\",\"count\":1,.*\"allocatedTotalBytes\":[1-9]")
            .And.Contain("/memory: 200 <!doctype html>");
    }

    private string Run(Consumer consumer, int program, params string[] paths)
    {
        var folder = feed.NewProject("Readme", consumer, Pages.AskAndStop(Pages.Programs("README.md")[program], paths));

        var printed = feed.Dotnet(folder, "run", "--urls", "http://127.0.0.1:0");

        output.WriteLine(printed);
        return printed;
    }
}
