using MemoryWatch.Tool.Tests.Support;

namespace MemoryWatch.Tool.Tests;

public sealed class CommandLineTests
{
    [Fact]
    public async Task The_help_names_all_commands()
    {
        var run = await CommandRun.Of("--help");

        run.ExitCode.Should().Be(0);
        run.Output.Should().ContainAll("inspect", "analyze", "judge", "watch", "machine");
    }

    [Theory]
    [InlineData("no-such-command")]
    [InlineData("judge", "--no-such-option")]
    public async Task Wrong_use_is_one_line_on_standard_error_and_exit_code_2(params string[] args)
    {
        var run = await CommandRun.Of(args);

        run.Should().BeEquivalentTo(new { ExitCode = 2, Output = "" });
        run.Error.Should().StartWith("memorywatch: ").And.EndWith("See 'memorywatch --help'.\n").And.Match(e => e.Count(c => c == '\n') == 1);
    }
}
