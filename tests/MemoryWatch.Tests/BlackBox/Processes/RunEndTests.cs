using System.Diagnostics;
using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.BlackBox.Processes;

/// <summary>Real processes that end in every way there is, and what the next one is told.</summary>
public sealed class RunEndTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Box => _folder.File("memory.blackbox");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("return 0", RunVerdict.Clean, "0", "")]
    [InlineData("return 3", RunVerdict.Clean, "3", "")]
    [InlineData("exit 4", RunVerdict.Clean, "4", "")]
    [InlineData("stop and return 5", RunVerdict.Clean, "5", "")]
    [InlineData("throw", RunVerdict.Crashed, "", @"InvalidOperationException: Nobody\ncaught me")]
    [InlineData("throw elsewhere", RunVerdict.Crashed, "", @"InvalidOperationException: Nobody\ncaught me")]
    [InlineData("stop and throw", RunVerdict.Crashed, "", @"InvalidOperationException: Nobody\ncaught me")]
    [InlineData("fail fast", RunVerdict.EndedWithoutMark, "", "")]
    [InlineData("overflow", RunVerdict.EndedWithoutMark, "", "")]
    public async Task A_run_is_told_of_as_it_ended(string how, RunVerdict verdict, string exitCode, string error)
    {
        var code = how.Split(' ')[^1];
        string[] arguments = int.TryParse(code, out _) ? [how[..^(code.Length + 1)], code] : [how];
        using var child = ChildProgram.Start([EndingChild.Name, Box, .. arguments]);
        await EndAsync(child);

        var report = await ReportAsync();

        (report.Verdict, report.ExitCode, report.Error).Should().Be((verdict, exitCode, error));
        report.InFlight.Should().Equal("1 in 0: Download | User 5");
    }

    [Fact]
    public async Task A_runtime_without_memory_is_told_of_by_the_name_of_its_exception()
    {
        var command = ChildProgram.Command(EndingChild.Name, Box, "run out of memory");
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["DOTNET_GCHeapHardLimit"] = "0x2000000";
        using var child = Process.Start(start)!;
        await EndAsync(child);

        var report = await ReportAsync();

        report.Verdict.Should().Be(RunVerdict.Crashed);
        report.Error.Should().StartWith("OutOfMemoryException");
        report.InFlight.Should().ContainSingle();
    }

    [Fact]
    public async Task A_process_that_runs_keeps_its_file_and_one_that_was_killed_gives_it_up()
    {
        using var child = ChildProgram.Start(EndingChild.Name, Box, "wait");
        (await child.StandardOutput.ReadLineAsync().WaitAsync(Deadline.Backstop)).Should().Be("ready");

        var meanwhile = await ReportAsync();
        meanwhile.Verdict.Should().BeNull("nobody's run has ended");
        LiveBox.Read(Box).InFlight.Should().ContainSingle("the first one's file is as it was");

        child.Kill();
        await EndAsync(child);
        var after = await ReportAsync();

        // The one in between had a path of its own, ended cleanly, and was the last to start.
        after.Verdict.Should().Be(RunVerdict.Clean);
        LiveBox.Read(_folder.File("memory.previous-2.blackbox")).InFlight.Should().ContainSingle();
        _folder.Names.Should().Equal(
            "memory.blackbox", "memory.blackbox.lock", "memory.previous-1.blackbox", "memory.previous-2.blackbox");
    }

    [Fact]
    public async Task A_process_that_somebody_killed_is_not_said_to_have_been_short_of_memory()
    {
        using var child = ChildProgram.Start(EndingChild.Name, Box, "wait");
        await child.StandardOutput.ReadLineAsync().WaitAsync(Deadline.Backstop);
        child.Kill();
        await EndAsync(child);

        var report = await ReportAsync();

        report.Verdict.Should().Be(RunVerdict.EndedWithoutMark);
        report.InFlight.Should().ContainSingle();
    }

    private static async Task EndAsync(Process child)
    {
        var (output, error) = (child.StandardOutput.ReadToEndAsync(), child.StandardError.ReadToEndAsync());
        await Task.WhenAll(output, error, child.WaitForExitAsync()).WaitAsync(Deadline.Backstop * 2);
    }

    private async Task<Report> ReportAsync()
    {
        using var child = ChildProgram.Start(ReportingChild.Name, Box);
        var printed = await child.StandardOutput.ReadToEndAsync().WaitAsync(Deadline.Backstop);
        await child.WaitForExitAsync().WaitAsync(Deadline.Backstop);
        return Report.Parse(printed);
    }
}
