using System.Runtime.InteropServices;

namespace Packages.Tests;

/// <summary>Programs that are compiled ahead of time or trimmed: no warning, and they work.</summary>
[Collection(SharedFeed.Name)]
public sealed class NativeTests(Feed feed, ITestOutputHelper output)
{
    private const string Native = "PublishAot";
    private const string Trimmed = "PublishTrimmed";

    private const string Web =
        """
        using MemoryWatch;

        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Services.AddMemoryWatch();

        var app = builder.Build();
        app.UseMemoryWatchRequests();
        app.MapMemoryWatch();
        app.MapGet("/files/{id}", (int id) => $"{new byte[id * 1024].Length} bytes");
        app.Run();
        """;

    [Theory]
    [InlineData(Native)]
    [InlineData(Trimmed)]
    public void A_console_program_is_published_without_warnings(string way)
    {
        var consumer = new Consumer("console", "MemoryWatch") { Others = [("Microsoft.Extensions.Logging.Console", "10.0.14")] };

        PublishAndRun(way, consumer, Pages.Programs("README.md")[1])?.Should().Contain("📊 MEMORY SNAPSHOT | Operation: Download Finished").And.Contain("Download Completed | User 123 | Memory: ");
    }

    [Theory]
    [InlineData(Native)]
    [InlineData(Trimmed)]
    public void A_web_program_is_published_without_warnings_and_serves_the_page(string way)
    {
        var program = Pages.AskAndStop(Web, "/files/7", "/memory", "/memory/history");

        PublishAndRun(way, new("web", "MemoryWatch.AspNetCore"), program)?.Should().Contain("/files/7: 200 7168 bytes").And.Contain("/memory: 200 <!doctype html>").And.MatchRegex(@"/memory/history: 200 \{");
    }

    /// <returns>What the program printed; <see langword="null"/> if it could not be compiled here.</returns>
    private string? PublishAndRun(string way, Consumer consumer, string program)
    {
        var folder = feed.NewProject(way, consumer with { Properties = $"<{way}>true</{way}>" }, program);
        var (restored, problem) = feed.TryDotnet(folder, "restore", "-r", RuntimeInformation.RuntimeIdentifier);
        if (restored != 0)
        {
            output.WriteLine($"Not checked, because the compiler's packages cannot be restored: {problem}");
            return null;
        }

        // TreatWarningsAsErrors does not cover the trimmer's warnings, so they are looked for.
        var published = feed.Dotnet(folder, "publish", "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "-o", "published");
        output.WriteLine(published);
        published.Should().NotContain("warning");
        var path = Path.Combine(folder, "published");
        var name = Path.GetFileNameWithoutExtension(Directory.GetFiles(folder, "*.csproj").Single());
        var (code, printed) = feed.Run(path, Path.Combine(path, name), "--urls", "http://127.0.0.1:0");
        output.WriteLine(printed);
        code.Should().Be(0);
        return printed;
    }
}
