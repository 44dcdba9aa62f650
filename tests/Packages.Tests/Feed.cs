using System.Diagnostics;
using System.Reflection;
using System.Text;

namespace Packages.Tests;

/// <summary>
/// All packages, packed once for all tests, and projects that take them from there as a user does: outside of the repository, without its settings.
/// </summary>
public sealed class Feed : IDisposable
{
    /// <summary>The version of the packages, which no registry has.</summary>
    public const string Version = "0.0.1-packed";

    private readonly string _folder = Directory.CreateTempSubdirectory("memorywatch-packages-").FullName;
    private int _copies;

    public Feed()
    {
        Pack(FeedFolder);

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

    /// <summary>The folder that the packages are in.</summary>
    public string FeedFolder => Path.Combine(_folder, "feed");

    /// <summary>The path of a packed package.</summary>
    public string Package(string package) => Path.Combine(FeedFolder, $"{package}.{Version}.nupkg");

    /// <summary>A new folder beside those of the consumers, with nothing of the repository above it.</summary>
    public string NewFolder(string name) => Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;

    /// <summary>Creates a project from a template of the SDK, with our package and others, and with one program as its only source.</summary>
    /// <param name="purpose">What it is for, which makes its folder's name unique.</param>
    /// <param name="consumer">What the project looks like.</param>
    /// <param name="program">The text of the program.</param>
    public string NewProject(string purpose, Consumer consumer, string program)
    {
        var folder = Path.Combine(_folder, $"{purpose}.{consumer.Package}.{consumer.Framework}");
        Dotnet(_folder, "new", consumer.Template, "-o", folder, "--no-restore");
        foreach (var source in Directory.GetFiles(folder, "*.cs"))
        {
            File.Delete(source);
        }

        File.WriteAllText(Path.Combine(folder, "Program.cs"), program);
        var project = Directory.GetFiles(folder, "*.csproj").Single();
        var references = new StringBuilder($"""<PackageReference Include="{consumer.Package}" Version="{Version}" />""");
        foreach (var (package, version) in consumer.Others)
        {
            references.Append($"""<PackageReference Include="{package}" Version="{version}" />""");
        }

        File.WriteAllText(project, File.ReadAllText(project)
            .Replace("net10.0", consumer.Framework, StringComparison.Ordinal)
            .Replace("</Project>",
                $"<PropertyGroup><RollForward>Major</RollForward>{consumer.Properties}</PropertyGroup><ItemGroup>{references}</ItemGroup></Project>",
                StringComparison.Ordinal));
        return folder;
    }

    /// <summary>Packs all packages of a new copy of the sources, which is apart from what builds of the sources write at the same time.</summary>
    /// <param name="output">The folder for the packages.</param>
    public void Pack(string output)
    {
        var copy = CopySources();

        // In one go, because each start of MSBuild takes seconds; without analyzing again what every build analyzes.
        var project = Path.Combine(copy, "pack.proj");
        File.WriteAllText(project,
            """
            <Project>
              <ItemGroup>
                <Packed Include="src/*/*.csproj" Exclude="src/MemoryWatch.Analyzers*/*.csproj" />
              </ItemGroup>
              <Target Name="Pack">
                <MSBuild Projects="@(Packed)" Targets="Restore" Properties="Step=Restore" />
                <MSBuild Projects="@(Packed)" Targets="Pack" BuildInParallel="true" />
              </Target>
            </Project>
            """);
        Dotnet(
            copy, "msbuild", project, "-t:Pack", "-m", "-p:Configuration=Release", $"-p:Version={Version}", "-p:RunAnalyzers=false",
            $"-p:PackageOutputPath={output}");
    }

    /// <summary>Runs a command of the SDK to its end.</summary>
    /// <returns>What it printed.</returns>
    public string Dotnet(string folder, params string[] arguments)
    {
        var (code, printed) = TryDotnet(folder, arguments);
        code.Should().Be(0, "dotnet {0} printed: {1}", string.Join(' ', arguments), printed);
        return printed;
    }

    /// <summary>Runs a command of the SDK to its end, whatever that is.</summary>
    /// <returns>Its exit code, and what it printed.</returns>
    public (int Code, string Printed) TryDotnet(string folder, params string[] arguments) => Run(folder, "dotnet", arguments);

    /// <summary>Runs a program to its end.</summary>
    public (int Code, string Printed) Run(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };

        // What the test run told its own MSBuild must not reach another.
        foreach (var name in start.Environment.Keys.Where(IsOfTheTestRun).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var printed = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, printed + error.Result);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Copies what git knows of the sources, changes included, as another clone of the same commit would have it.</summary>
    private string CopySources()
    {
        var copy = NewFolder($"clone-{++_copies}-{new string('x', _copies)}");
        var (code, names) = Run(Root, "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard");
        code.Should().Be(0, names);
        foreach (var name in names.Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            var (from, to) = (Path.Combine(Root, name), Path.Combine(copy, name));
            if (!name.StartsWith("tests/", StringComparison.Ordinal) && File.Exists(from))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(to)!);
                File.Copy(from, to);
            }
        }

        File.WriteAllText(Path.Combine(copy, ".git"), $"gitdir: {Path.Combine(Root, ".git")}");
        return copy;
    }

    private static bool IsOfTheTestRun(string name) =>
        name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name is "Configuration" or "TelegramSessions" or "Telegram";
}
