namespace Packages.Tests;

/// <summary>The analyzer comes with the package, also through another package, and is not shipped with the program.</summary>
[Collection(SharedFeed.Name)]
public sealed class AnalyzerTests(Feed feed, ITestOutputHelper output)
{
    [Theory]
    [InlineData("console", "MemoryWatch")]
    [InlineData("web", "MemoryWatch.AspNetCore")]
    public void A_program_that_misuses_Track_is_warned_by_the_packed_analyzer_and_does_not_ship_it(string template, string package)
    {
        var folder = feed.NewProject("Misuses", new(template, package),
            """
            using MemoryWatch;

            IMemoryWatch watch = MemoryWatcher.None;
            var user = args.Length;
            watch.Track("Download");
            using var scope = watch.Track($"Upload {user}");
            """);

        var printed = feed.Dotnet(folder, "build", "-o", "built");

        output.WriteLine(printed);
        printed.Should().MatchRegex(@"Program\.cs\(5,1\): warning MW0001: .*\(docs/analyzer\.md#mw0001\)").And.MatchRegex(@"Program\.cs\(6,31\): warning MW0004: ");
        Directory.GetFiles(Path.Combine(folder, "built"), "*.dll").Select(Path.GetFileName)
            .Should().Contain("MemoryWatch.dll").And.NotContain(f => f!.Contains("Analyzer", StringComparison.Ordinal) || f.Contains("CodeAnalysis", StringComparison.Ordinal));
    }
}
