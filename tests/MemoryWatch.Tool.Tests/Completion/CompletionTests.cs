using System.Diagnostics;
using MemoryWatch.Tool.Tests.Support;

namespace MemoryWatch.Tool.Tests.Completion;

public sealed class CompletionTests
{
    [Theory]
    [InlineData("memorywatch ", "analyze completion inspect judge machine watch")]
    [InlineData("memorywatch in", "inspect")]
    [InlineData("memorywatch judge --l", "--limit")]
    [InlineData("memorywatch judge some.csv --j", "--json")]
    [InlineData("memorywatch inspect ", "")]
    [InlineData("memorywatch completion ", "bash fish pwsh zsh")]
    [InlineData("", "analyze completion inspect judge machine watch")]
    public async Task The_last_word_is_completed_and_where_a_file_is_expected_nothing_is(string line, string suggestions)
    {
        var run = await CommandRun.Of("completion", "suggest", line);

        run.ExitCode.Should().Be(0);
        run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().Equal(suggestions.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("pwsh")]
    public async Task Each_script_asks_the_command_itself(string shell) =>
        (await CommandRun.Of("completion", shell)).Output.Should().Contain("memorywatch completion suggest");

    [Fact]
    public async Task Bash_completes_with_its_script()
    {
        var script = (await CommandRun.Of("completion", "bash")).Output;
        using var bash = Process.Start(new ProcessStartInfo("bash", ["--norc", "-s"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        await bash.StandardInput.WriteAsync(
            $$"""
            memorywatch() { printf '%s\n' "--limit" "asked:$3"; }
            {{script}}
            COMP_WORDS=(memorywatch judge --l) COMP_CWORD=2
            _memorywatch
            printf '%s\n' "${COMPREPLY[@]}"
            """);
        bash.StandardInput.Close();

        (await bash.StandardOutput.ReadToEndAsync()).Should().Be("--limit\nasked:memorywatch judge --l\n");
        await bash.WaitForExitAsync();
    }

    [Fact]
    public async Task A_shell_that_is_not_known_is_named_with_those_that_are()
    {
        var run = await CommandRun.Of("completion", "tcsh");

        run.ExitCode.Should().Be(2);
        run.Error.Should().Contain("'tcsh'").And.Contain("bash").And.Contain("pwsh").And.Match(e => e.Count(c => c == '\n') == 1);
    }
}
