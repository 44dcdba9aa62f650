namespace Packages.Tests;

/// <summary>The command, installed from the packed file, looks at what a killed program left behind: with pipes, character sets and exit codes.</summary>
[Collection(SharedFeed.Name)]
public sealed class CommandTests(Feed feed, CommandTests.KilledProgram killed) : IClassFixture<CommandTests.KilledProgram>
{
    private const string Program =
        """
        using System.Diagnostics;
        using MemoryWatch;

        using var watch = MemoryWatcher.Start(builder => builder.AddBlackBox("memory.blackbox"));
        SpinWait.SpinUntil(() => File.Exists("memory.blackbox") && watch.Current.Time != default);
        using var download = watch.Track("Download", "User 5");
        Process.GetCurrentProcess().Kill();
        """;

    [Fact]
    public void The_installed_command_has_its_version_and_says_what_was_in_flight()
    {
        Shell("memorywatch --version").Should().StartWith(Feed.Version);

        Shell("memorywatch inspect memory.blackbox; echo code $?").Should().Contain("In flight: Download | User 5").And.EndWith("code 0\n");
    }

    [Fact]
    public void A_reader_that_has_seen_enough_ends_the_command_silently() =>
        Shell("memorywatch inspect --json memory.blackbox | head -c 20; echo code ${PIPESTATUS[0]}").Should().MatchRegex(@"code (0|141)\n$").And.NotContain("memorywatch:").And.NotContain("   at ");

    [Fact]
    public void Other_character_sets_get_ASCII() =>
        Shell("LC_ALL=C memorywatch inspect memory.blackbox").Should().MatchRegex(@"\A[\x00-\x7F]+\z").And.Contain("+- In flight: ");

    [Fact]
    public void What_is_no_black_box_is_named_with_its_reason()
    {
        Shell("memorywatch inspect killed.csproj; echo code $?").Should().StartWith("memorywatch: ").And.EndWith("code 2\n");
        Shell("memorywatch inspect - < /dev/null; echo code $?").Should().Be("memorywatch: standard input is empty\ncode 2\n");
    }

    private string Shell(string script)
    {
        var (folder, tools) = killed.Of(feed, Program);
        return feed.Run(folder, "bash", "-c", $"exec 2>&1; export PATH={tools}:$PATH; {script}").Printed;
    }

    /// <summary>The folder of a program that was killed, and that of the command; made once.</summary>
    public sealed class KilledProgram
    {
        private (string Folder, string Tools)? _made;

        public (string Folder, string Tools) Of(Feed feed, string program)
        {
            if (_made is { } made)
            {
                return made;
            }

            var tools = feed.NewFolder("tools");
            feed.Dotnet(tools, "tool", "install", "MemoryWatch.Tool", "--version", Feed.Version, "--tool-path", tools);
            var folder = feed.NewProject("Killed", new("console", "MemoryWatch"), program);
            File.Move(Directory.GetFiles(folder, "*.csproj").Single(), Path.Combine(folder, "killed.csproj"));
            feed.Dotnet(folder, "build");
            feed.TryDotnet(folder, "run", "--no-build").Code.Should().NotBe(0, "it is killed");
            _made = (folder, tools);
            return _made.Value;
        }
    }
}
