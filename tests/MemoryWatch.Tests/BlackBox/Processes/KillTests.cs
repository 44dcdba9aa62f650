#if NET10_0_OR_GREATER
using System.Globalization;
using MemoryWatch.Files;
using MemoryWatch.Read;
using MemoryWatch.Tests.Read;
using MemoryWatch.Tests.Support;
using Xunit.Abstractions;

namespace MemoryWatch.Tests.BlackBox.Processes;

/// <summary>
/// Programs that the kernel really kills, in real memory groups with real limits. Each is told of twice: at the next start in the same group,
/// and as after the start of a fresh container. <c>MEMORYWATCH_KILLS</c> says how often each of them; where no group can be made, they say
/// so and pass. For the newest framework only: the kernel does not know which one it is.
/// </summary>
[Collection(Proofs.Name)]
public sealed class KillTests(ITestOutputHelper output) : IDisposable
{
    private const int Killed = 137;
    private const int Aborted = 134;
    private const long Limit = 128 << 20;

    // More than the group has: as if there were none. Without any the GC would take 75 % of the group for its limit.
    private const string NoHeapLimit = "0x40000000";

    // 96 MB, the GC's usual 75 %, which is too much beside native memory.
    private const string UsualHeapLimit = "0x6000000";

    // 48 MB, which leaves enough.
    private const string FittingHeapLimit = "0x3000000";

    private const int NoNative = 0;
    private const int SomeNativeMegabytes = 48;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(GrowingChild.Managed, NoHeapLimit, NoNative)]
    [InlineData(GrowingChild.Managed, UsualHeapLimit, SomeNativeMegabytes)]
    [InlineData(GrowingChild.Native, NoHeapLimit, NoNative)]
    [InlineData(GrowingChild.Native, FittingHeapLimit, NoNative)]
    [InlineData(GrowingChild.Mixed, NoHeapLimit, NoNative)]
    [InlineData(GrowingChild.Mixed, FittingHeapLimit, NoNative)]
    public async Task A_kill_is_confirmed_in_the_same_group_and_in_a_fresh_one_likely_unless_the_kernels_log_names_it(
        string kind, string heapLimit, int nativeMegabytes)
    {
        for (var round = 0; round < Rounds; round++)
        {
            if (await DieAsync(kind, heapLimit, nativeMegabytes, round) is not { } death)
            {
                return;
            }

            death.ExitCode.Should().Be(Killed);
            death.Same.Verdict.Should().Be(RunVerdict.Killed, death.Same.Text);
            death.Fresh.Verdict.Should().Be(IsNamedByTheKernel ? RunVerdict.Killed : RunVerdict.LikelyKilled, death.Fresh.Text);
            ShouldKnowWhatWasInFlight(death);
            ShouldKnowWhatGrew(death, kind);
        }

        output.WriteLine($"{Rounds} of {Rounds}");
    }

    [Fact]
    public async Task Where_the_heap_limit_comes_first_the_program_is_not_killed_but_crashes_and_that_is_told()
    {
        for (var round = 0; round < Rounds; round++)
        {
            if (await DieAsync(GrowingChild.Managed, FittingHeapLimit, NoNative, round) is not { } death)
            {
                return;
            }

            death.ExitCode.Should().Be(Aborted);
            foreach (var report in new[] { death.Same, death.Fresh })
            {
                report.Verdict.Should().Be(RunVerdict.Crashed, report.Text);
                report.Error.Should().StartWith("OutOfMemoryException");
            }

            ShouldKnowWhatWasInFlight(death);
            ShouldKnowWhatGrew(death, GrowingChild.Managed);
        }

        output.WriteLine($"{Rounds} of {Rounds}");
    }

    /// <summary>Whether the kernel's log may be read here and names processes by the ids that they have here.</summary>
    private static bool IsNamedByTheKernel => KernelLog.UsesOwnProcessId(DiskFiles.Instance) && KernelLog.Read(DiskFiles.Instance) is not null;

    private static int Rounds => int.Parse(Environment.GetEnvironmentVariable("MEMORYWATCH_KILLS") ?? "1", CultureInfo.InvariantCulture);

    private static void ShouldKnowWhatWasInFlight(Death death)
    {
        death.InFlight.Should().HaveCount(4);
        foreach (var report in new[] { death.Same, death.Fresh })
        {
            report.InFlight.Should().Equal(death.InFlight);
            report.MoreInFlight.Should().Be("0");
            report.Text.Should().Contain("Ended Completed").And.Contain("The last one");
        }
    }

    private static void ShouldKnowWhatGrew(Death death, string kind)
    {
        var cause = kind == GrowingChild.Managed
            ? "Likely cause: Download (User 2 | File size: 45.3 MB) allocated "
            : "Likely cause: native +";
        death.Same.Text.Should().Contain(cause);
        death.Fresh.Text.Should().Contain(cause);
    }

    private async Task<Death?> DieAsync(string kind, string heapLimit, int nativeMegabytes, int round)
    {
        using var group = RealCgroup.TryCreate(Limit);
        using var fresh = RealCgroup.TryCreate(Limit);
        if (group is null || fresh is null)
        {
            output.WriteLine($"Not checked: no memory group can be made under {CgroupFixtures.Version1} here.");
            return null;
        }

        var box = _folder.File($"{round}/memory.blackbox");
        var later = _folder.File($"{round}-fresh/memory.blackbox");
        var (exitCode, printed) = await RunAsync(group, $"DOTNET_GCHeapHardLimit={heapLimit}", GrowingChild.Name, box, kind, $"{nativeMegabytes}");
        LiveBox.CopyAsAfterAKill(box, later);
        var (_, same) = await RunAsync(group, string.Empty, ReportingChild.Name, box);
        var (_, other) = await RunAsync(fresh, string.Empty, ReportingChild.Name, later);
        var death = new Death(exitCode, [.. printed.Split('\n').TakeWhile(line => line != "ready")], Report.Parse(same), Report.Parse(other));
        if (round == 0)
        {
            output.WriteLine($"In the same group:\n{death.Same.Text}\nIn a fresh one:\n{death.Fresh.Text}");
        }

        return death;
    }

    private static async Task<(int ExitCode, string Printed)> RunAsync(RealCgroup group, string setting, params string[] arguments)
    {
        // A process's last words on its standard error are not ours; nobody reads them.
        var process = group.Start($"{setting} exec {string.Join(' ', ChildProgram.Command(arguments))} 2>/dev/null");
        try
        {
            var printed = await process.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
            await process.WaitForExitAsync().WaitAsync(Patience);
            return (process.ExitCode, printed.ReplaceLineEndings("\n"));
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private sealed record Death(int ExitCode, string[] InFlight, Report Same, Report Fresh);
}
#endif
