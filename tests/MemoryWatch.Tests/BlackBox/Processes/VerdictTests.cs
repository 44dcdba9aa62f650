#if NET10_0_OR_GREATER
using System.Diagnostics;
using MemoryWatch.Files;
using MemoryWatch.Read;
using MemoryWatch.Tests.Read;
using MemoryWatch.Tests.Support;
using Xunit.Abstractions;

namespace MemoryWatch.Tests.BlackBox.Processes;

/// <summary>
/// Real ends that look like kills and are none, and a kill that comes out of nowhere, in real memory groups. Where no group can be made, they
/// say so and pass. For the newest framework only: the kernel does not know which one it is.
/// </summary>
[Collection(Proofs.Name)]
public sealed class VerdictTests(ITestOutputHelper output) : IDisposable
{
    private const int Killed = 137;
    private const string Ready = "ready";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly TempFolder _folder = new();

    private string Box => _folder.File("memory.blackbox");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_program_whose_child_was_killed_and_that_then_fails_fast_is_not_said_to_have_been_killed()
    {
        using var group = TryCreate(200);
        if (group is null || KernelLog.Read(DiskFiles.Instance) is null || !KernelLog.UsesOwnProcessId(DiskFiles.Instance))
        {
            output.WriteLine("Not checked: without a group and the kernel's log this cannot be known.");
            return;
        }

        await EndAsync(group.Start(Script("let a child be killed and fail fast")));
        group.ReadNumber("memory.oom_control", "oom_kill").Should().Be(1);

        var report = await ReportAsync(group);

        report.Verdict.Should().Be(RunVerdict.EndedWithoutMark, report.Text);
        report.Text.Should().ContainAny("none of this run: tail (", "is still 1 (same boot, same cgroup)");
    }

    [Fact]
    public async Task A_burst_out_of_nowhere_of_a_program_alone_in_its_group_is_a_confirmed_kill()
    {
        using var group = TryCreate(200);
        if (group is null)
        {
            return;
        }

        (await EndAsync(group.Start(Script("burst")))).Should().Be(Killed);

        var report = await ReportAsync(group);

        report.Verdict.Should().Be(RunVerdict.Killed, report.Text);
    }

    [Fact]
    public async Task Somebodys_SIGKILL_near_the_limit_is_no_kill_by_the_kernel_and_who_else_does_that_is_named()
    {
        using var group = TryCreate(256);
        if (group is null)
        {
            return;
        }

        var process = group.Start(Script("grow and wait", "200"));
        (await process.StandardOutput.ReadLineAsync().WaitAsync(Patience)).Should().Be(Ready);
        process.Kill();
        await EndAsync(process);

        var report = await ReportAsync(group);

        report.Verdict.Should().Be(RunVerdict.EndedWithoutMark, report.Text);
        report.Text.Should().Contain("a host agent").And.Contain("systemd-oomd").And.Contain("earlyoom");
    }

    [Fact]
    public async Task A_child_that_takes_the_group_is_told_as_the_rest_of_the_container_and_named_and_no_operation_is()
    {
        using var group = TryCreate(256);
        if (group is null)
        {
            return;
        }

        var process = group.Start(Script("let a child grow and wait"));
        var alerts = new List<string>();
        while (await process.StandardOutput.ReadLineAsync().WaitAsync(Patience) is { } line && line != Ready)
        {
            alerts.Add(line);
        }

        process.Kill();
        await EndAsync(process);

        var report = await ReportAsync(group);

        report.Text.Should().Contain("| Likely cause: rest of container +").And.NotContain("Likely cause: Download").And.NotContain("while Download");
        alerts.Should().Contain(line => line.Contains("Others in this container: tail (pid "), "the alert names the program");
        report.Text.Should().Contain("Others in this container: tail (pid ");
    }

    [Theory]
    [InlineData("wait")]
    [InlineData("fail fast")]
    [InlineData("overflow")]
    public async Task An_end_within_the_first_second_far_from_the_limit_is_no_kill_in_a_fresh_group(string how)
    {
        using var group = TryCreate(256);
        using var fresh = TryCreate(256);
        if (group is null || fresh is null)
        {
            return;
        }

        var process = group.Start(Script(how));
        if (how == "wait")
        {
            (await process.StandardOutput.ReadLineAsync().WaitAsync(Patience)).Should().Be(Ready);
            process.Kill();
        }

        await EndAsync(process);

        var report = await ReportAsync(fresh);

        report.Verdict.Should().Be(RunVerdict.EndedWithoutMark, report.Text);
        report.Text.Should().NotContain("a second\n");
    }

    [Fact]
    public async Task An_exception_that_was_survived_for_seconds_did_not_end_the_program()
    {
        using var group = TryCreate(256);
        if (group is null)
        {
            return;
        }

        var process = group.Start($"DOTNET_GCHeapHardLimit=0x2000000 {Script("survive")}");
        (await process.StandardOutput.ReadLineAsync().WaitAsync(Patience)).Should().Be(Ready);
        process.Kill();
        await EndAsync(process);

        var report = await ReportAsync(group);

        report.Verdict.Should().Be(RunVerdict.EndedWithoutMark, report.Text);
        report.Text.Should().Contain("thrown and survived, the last one ");
    }

    private string Script(string how, params string[] rest) => "exec "
        + string.Join(' ', ChildProgram.Command([EndingChild.Name, Box, how, .. rest]).Select(part => $"'{part}'")) + " 2>/dev/null";

    private RealCgroup? TryCreate(long megabytes)
    {
        var group = RealCgroup.TryCreate(megabytes << 20);
        if (group is null)
        {
            output.WriteLine($"Not checked: no memory group can be made under {CgroupFixtures.Version1} here.");
        }

        return group;
    }

    private async Task<Report> ReportAsync(RealCgroup group)
    {
        var process = group.Start($"exec {string.Join(' ', ChildProgram.Command(ReportingChild.Name, Box))} 2>/dev/null");
        var printed = await process.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
        await EndAsync(process);
        var report = Report.Parse(printed);
        output.WriteLine(report.Text);
        return report;
    }

    private static async Task<int> EndAsync(Process process)
    {
        try
        {
            await process.WaitForExitAsync().WaitAsync(Patience);
            return process.ExitCode;
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
#endif
