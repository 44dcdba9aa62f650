using System.Diagnostics;
using System.Text;

namespace Packages.Tests;

/// <summary>
/// The templates, installed from the packed file into a hive of their own: a program that is created from one builds without a warning, runs, and
/// watches its memory.
/// </summary>
[Collection(SharedFeed.Name)]
public sealed class TemplateTests(Feed feed, ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData("memorywatch-web", "net10.0", "MemoryWatch.AspNetCore", "Reports: 0")]
    [InlineData("memorywatch-worker", "net8.0", "MemoryWatch.Hosting", "Job Completed | Number 1 | Memory: ")]
    public async Task A_program_from_a_template_builds_without_warnings_and_watches_its_memory(
        string template, string framework, string package, string line)
    {
        var folder = feed.NewFolder($"Templates.{template}.{framework}");
        var hive = Path.Combine(folder, "hive");
        feed.Dotnet(folder, "new", "install", feed.Package("MemoryWatch.Templates"), "--debug:custom-hive", hive);

        // A name that is no identifier, as names of services often are.
        feed.Dotnet(folder, "new", template, "-n", "my-service", "--framework", framework, "--no-restore", "--debug:custom-hive", hive);

        var project = Path.Combine(folder, "my-service");
        var text = File.ReadAllText(Path.Combine(project, "my-service.csproj"));
        text.Should().Contain($"""<PackageReference Include="{package}" Version="{Feed.Version}" />""")
            .And.Contain($"<TargetFramework>{framework}</TargetFramework>").And.NotContain("#if");
        var built = feed.Dotnet(project, "build", "-o", "built");
        output.WriteLine(built);
        built.Should().Contain(" 0 Warning(s)");

        await PrintsAsync(project, line);

        File.Exists(Path.Combine(project, "data", "memory.blackbox")).Should().BeTrue();
        File.ReadAllText(Path.Combine(project, ".gitignore")).Should().Contain("data/");
    }

    /// <summary>Runs the program until it has printed a text, and kills it.</summary>
    private async Task PrintsAsync(string project, string text)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine("built", "my-service.dll")])
        {
            WorkingDirectory = project,
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.UTF8,
            Environment =
            {
                ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
                ["MemoryWatch__PeriodicInterval"] = "00:00:02",
                ["DOTNET_ROLL_FORWARD"] = "Major",
            },
        })!;
        try
        {
            using var deadline = new CancellationTokenSource(Patience);
            var found = false;
            while (!found && await process.StandardOutput.ReadLineAsync(deadline.Token) is { } printed)
            {
                output.WriteLine(printed);
                found = printed.Contains(text, StringComparison.Ordinal);
            }

            found.Should().BeTrue("the program must print '{0}'", text);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }
}
