using System.Diagnostics;
using MemoryWatch.Tool.Tests.Support;

namespace MemoryWatch.Tool.Tests.Packaging;

/// <summary>Packs the command, installs it from the packed file, and uses it as a program: with signals, pipes and an exit code.</summary>
public sealed class PackedToolTests(PackedToolTests.Installed tool) : IClassFixture<PackedToolTests.Installed>, IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_installed_command_has_its_version_and_reads_a_black_box()
    {
        tool.Run("memorywatch --version").Should().StartWith("0.0.1-packed");

        var printed = tool.Run($"memorywatch inspect {TestBox.OfAKilledDownloader().SaveTo(_folder.Path)}; echo code $?");

        printed.Should().Contain("(likely)").And.EndWith("code 1\n");
    }

    [Fact]
    public void A_reader_that_has_seen_enough_ends_the_command_silently() =>
        tool.Run($"(memorywatch inspect --json {TestBox.OfAKilledDownloader().SaveTo(_folder.Path)}; echo code $? >&2) 2>&1 | head -c 20")
            .Should().NotContain("memorywatch:").And.NotContain("Exception").And.NotContain("   at ");

    [Fact]
    public void Other_character_sets_get_ASCII()
    {
        var printed = tool.Run($"LC_ALL=C memorywatch inspect {TestBox.OfAKilledDownloader().SaveTo(_folder.Path)}");

        printed.Should().MatchRegex(@"\A[\x00-\x7F]+\z").And.Contain("512 MB |").And.Contain("+- Why: ").And.Contain("#####");
    }

    [Fact]
    public void A_file_without_permission_and_a_closed_input_are_named()
    {
        var path = _folder.File("secret", "MW1");
        tool.Run($"chmod 0 {path}");

        // Root may read everything; then the content is what is wrong.
        tool.Run($"memorywatch inspect {path}; echo code $?").Should().MatchRegex("no permission|no compact line").And.EndWith("code 2\n");
        tool.Run("memorywatch inspect - < /dev/null; echo code $?").Should().Be("memorywatch: standard input is empty\ncode 2\n");
    }

    /// <summary>The command, installed in a folder of its own.</summary>
    public sealed class Installed : IDisposable
    {
        private readonly TestFolder _folder = new();

        public Installed()
        {
            // In one go, apart from what other builds of the sources write at the same time, and without analyzing again what every build analyzes.
            _folder.File("pack.proj",
                $"""
                <Project>
                  <Target Name="Pack">
                    <MSBuild Projects="{Approved.Root}/src/MemoryWatch.Tool/MemoryWatch.Tool.csproj" Targets="Restore" Properties="Step=Restore" />
                    <MSBuild Projects="{Approved.Root}/src/MemoryWatch.Tool/MemoryWatch.Tool.csproj" Targets="Pack" />
                  </Target>
                </Project>
                """);
            _folder.File("nuget.config", """<configuration><packageSources><clear /><add key="packed" value="feed" /></packageSources></configuration>""");
            Run(
                $"dotnet msbuild pack.proj -t:Pack -p:Configuration=Release -p:Version=0.0.1-packed -p:RunAnalyzers=false -nodeReuse:false -v:q -nologo"
                + $" -p:ArtifactsPath={_folder["artifacts"]} -p:PackageOutputPath={_folder["feed"]}"
                + $" && NUGET_PACKAGES={_folder["packages"]} dotnet tool install MemoryWatch.Tool --version 0.0.1-packed --tool-path {_folder["bin"]} --configfile nuget.config");
        }

        /// <summary>What a shell prints, errors included.</summary>
        public string Run(string script)
        {
            var start = new ProcessStartInfo("bash", ["-c", $"exec 2>&1; {script}"])
            {
                RedirectStandardOutput = true,
                WorkingDirectory = _folder.Path,
                StandardOutputEncoding = System.Text.Encoding.UTF8,
            };

            // What the test run told its own MSBuild must not reach another.
            foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            {
                start.Environment.Remove(name);
            }

            start.Environment["PATH"] = $"{_folder["bin"]}:{start.Environment["PATH"]}";
            start.Environment["DOTNET_ROOT"] = DotnetRoot();
            start.Environment["LC_ALL"] = "C.UTF-8";
            using var shell = Process.Start(start)!;
            var printed = shell.StandardOutput.ReadToEnd();
            shell.WaitForExit();
            return shell.ExitCode == 0 || File.Exists(_folder["bin/memorywatch"]) ? printed : throw new InvalidOperationException(printed);
        }

        public void Dispose() => _folder.Dispose();

        private static string DotnetRoot() => Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));
    }
}
