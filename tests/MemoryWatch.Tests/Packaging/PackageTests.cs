#if NET10_0_OR_GREATER
using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;

namespace MemoryWatch.Tests.Packaging;

/// <summary>
/// Packs the packages and uses them as a newcomer does: a new project, a package reference, the program from the README.
/// Once, for the newest framework: packing builds all frameworks anyway.
/// </summary>
public sealed partial class PackageTests(PackageTests.Feed feed, Xunit.Abstractions.ITestOutputHelper output) : IClassFixture<PackageTests.Feed>
{
    [Theory]
    [InlineData("web", 0, "MemoryWatch.Hosting", "")]
    [InlineData("console", 1, "MemoryWatch", "Microsoft.Extensions.Logging.Console")]
    [InlineData("web", 2, "MemoryWatch.AspNetCore", "")]
    public void The_programs_of_the_README_run_against_the_packed_packages(string template, int program, string package, string other)
    {
        var folder = feed.NewProject(template, package, other);
        File.WriteAllText(Path.Combine(folder, "Program.cs"), StopSoon(Programs()[program]));

        var printed = feed.Dotnet(folder, "run", "--urls", "http://127.0.0.1:0");

        output.WriteLine(printed);
        printed.Should().Contain("Memory watch started | Limit: ");
        if (template == "console")
        {
            printed.Should().Contain("Session Created | User 123 | Memory: ").And.Contain("Download Completed | User 123 | Memory: ").And.Contain("📊 MEMORY SNAPSHOT | Operation: Download Finished")
                .And.Contain("Queue: 0 items | Threads: ").And.Contain("└─ Context: 42 bytes");
        }
        else if (package == "MemoryWatch.AspNetCore")
        {
            printed.Should().MatchRegex("\"name\":\"GET /files/\\{id\\}\",\"count\":1,.*\"allocatedTotalBytes\":[1-9]");
        }
        else
        {
            printed.Should().Contain("Download Started | User 7 | Memory: ").And.Contain("Download Completed | User 7 | Memory: ");
        }
    }

    [Theory]
    [InlineData("console", "MemoryWatch")]
    [InlineData("web", "MemoryWatch.AspNetCore")]
    public void A_program_that_misuses_Track_is_warned_by_the_packed_analyzer_and_does_not_ship_it(string template, string package)
    {
        var folder = feed.NewProject(template, package, string.Empty, "Misuses");
        File.WriteAllText(Path.Combine(folder, "Program.cs"),
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

    [Fact]
    public void The_package_has_each_analyzer_assembly_once_and_depends_on_no_compiler()
    {
        using var package = System.IO.Compression.ZipFile.OpenRead(feed.Package("MemoryWatch"));

        package.Entries.Select(e => e.FullName).Where(n => n.Contains("Analyzers", StringComparison.OrdinalIgnoreCase)).Should().BeEquivalentTo(
            "analyzers/dotnet/cs/MemoryWatch.Analyzers.dll", "analyzers/dotnet/cs/MemoryWatch.Analyzers.CodeFixes.dll");
        using var manifest = new StreamReader(package.GetEntry("MemoryWatch.nuspec")!.Open());
        manifest.ReadToEnd().Should().NotContain("CodeAnalysis").And.NotContain("MemoryWatch.Analyzers");
    }

    /// <summary>The complete programs of the README, in their order.</summary>
    private static List<string> Programs() =>
        [.. CodeBlock().Matches(File.ReadAllText(Path.Combine(Feed.Root, "README.md"))).Select(m => m.Groups[1].Value)];

    /// <summary>A web program runs until it is stopped: here it asks itself, says what it was answered, and stops.</summary>
    private static string StopSoon(string program) => program.Replace(
        "app.Run();",
        """
        await app.StartAsync();
        using (var client = new HttpClient())
        {
            foreach (var path in new[] { "/download/7", "/files/7", "/operations" })
            {
                Console.WriteLine(await (await client.GetAsync(app.Urls.First() + path)).Content.ReadAsStringAsync());
            }
        }
        await app.StopAsync();
        """,
        StringComparison.Ordinal);

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    /// <summary>The packed packages in a folder of their own, and projects that take them from there.</summary>
    public sealed class Feed : IDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("memorywatch-packages-").FullName;

        public Feed()
        {
            // In one go, because each start of MSBuild takes seconds; apart from what other builds of the sources write at the same time; and without
            // analyzing again what every build analyzes.
            File.WriteAllText(Path.Combine(_folder, "pack.proj"),
                $"""
                <Project>
                  <ItemGroup>
                    <Packed Include="{Root}/src/MemoryWatch/MemoryWatch.csproj" />
                    <Packed Include="{Root}/src/MemoryWatch.Hosting/MemoryWatch.Hosting.csproj" />
                    <Packed Include="{Root}/src/MemoryWatch.AspNetCore/MemoryWatch.AspNetCore.csproj" />
                  </ItemGroup>
                  <Target Name="Pack">
                    <MSBuild Projects="@(Packed)" Targets="Restore" Properties="Step=Restore" />
                    <MSBuild Projects="@(Packed)" Targets="Pack" BuildInParallel="true" />
                  </Target>
                </Project>
                """);
            Dotnet(
                _folder, "msbuild", "pack.proj", "-t:Pack", "-m", "-p:Configuration=Release", "-p:Version=0.0.1-packed", "-p:RunAnalyzers=false",
                $"-p:ArtifactsPath={Path.Combine(_folder, "artifacts")}", $"-p:PackageOutputPath={Path.Combine(_folder, "feed")}");

            // Only our packages come from there; a folder of our own for what is restored keeps the machine's cache clean.
            File.WriteAllText(Path.Combine(_folder, "nuget.config"),
                """<configuration><packageSources><add key="packed" value="feed" /></packageSources></configuration>""");
            File.WriteAllText(Path.Combine(_folder, "Directory.Build.props"),
                """
                <Project>
                  <PropertyGroup>
                    <RestorePackagesPath>$(MSBuildThisFileDirectory)packages</RestorePackagesPath>
                    <RestoreFallbackFolders Condition="Exists('$(NuGetPackageRoot)')">$(NuGetPackageRoot)</RestoreFallbackFolders>
                  </PropertyGroup>
                </Project>
                """);
        }

        public static string Root { get; } = Path.GetFullPath(Path.Combine(
            typeof(Feed).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "ProjectFolder").Value!, "../.."));

        public string Package(string package) => Path.Combine(_folder, "feed", $"{package}.0.0.1-packed.nupkg");

        public string NewProject(string template, string package, string other, string purpose = "Uses")
        {
            var folder = Path.Combine(_folder, $"{purpose}.{package}");
            Dotnet(_folder, "new", template, "-o", folder, "--no-restore");
            var project = Directory.GetFiles(folder, "*.csproj").Single();
            var references = $"""<PackageReference Include="{package}" Version="0.0.1-packed" />"""
                + (other.Length > 0 ? $"""<PackageReference Include="{other}" Version="10.0.14" />""" : string.Empty);
            File.WriteAllText(project, File.ReadAllText(project)
                .Replace("</Project>", $"<ItemGroup>{references}</ItemGroup></Project>", StringComparison.Ordinal));
            return folder;
        }

        public string Dotnet(string folder, params string[] arguments)
        {
            var start = new ProcessStartInfo("dotnet", arguments)
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardOutputEncoding = System.Text.Encoding.UTF8,
            };

            // What the test run told its own MSBuild must not reach another.
            foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            {
                start.Environment.Remove(name);
            }

            start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
            start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            var printed = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            process.ExitCode.Should().Be(0, "dotnet {0} printed: {1}\n{2}", string.Join(' ', arguments), printed, error.Result);
            return printed;
        }

        public void Dispose() => Directory.Delete(_folder, recursive: true);
    }
}
#endif
