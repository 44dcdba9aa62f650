#if NET10_0_OR_GREATER
using System.Globalization;
using MemoryWatch.Tests.Read;
using MemoryWatch.Tests.Support;
using Xunit.Abstractions;

namespace MemoryWatch.Tests.BlackBox.Processes;

/// <summary>
/// Programs with native memory and a leak in a real memory group of 256 MB, and one whose limit changes. <c>MEMORYWATCH_KILLS</c> says how often each
/// leak. For the newest framework only: the runtime is the same.
/// </summary>
[Collection(Proofs.Name)]
public sealed class LeakTests(ITestOutputHelper output)
{
    private const long Limit = 256 << 20;
    private const int NativeMegabytes = 130;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static int Rounds => int.Parse(Environment.GetEnvironmentVariable("MEMORYWATCH_KILLS") ?? "1", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(LeakChild.WithLimit, true)]
    [InlineData("without", false)]
    public async Task A_heap_limit_makes_an_exception_of_a_kill(string how, bool survives)
    {
        for (var round = 0; round < Rounds; round++)
        {
            using var group = RealCgroup.TryCreate(Limit);
            if (group is null)
            {
                output.WriteLine($"Not checked: no memory group can be made under {CgroupFixtures.Version1} here.");
                return;
            }

            var child = group.Start($"exec {string.Join(' ', ChildProgram.Command(LeakChild.Name, how, $"{NativeMegabytes}"))} 2>/dev/null");
            var printed = await child.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
            await child.WaitForExitAsync().WaitAsync(Patience);
            output.WriteLine($"{how}: exit code {child.ExitCode}\n{printed}");

            printed.Contains("survived", StringComparison.Ordinal).Should().Be(survives, printed);
            child.ExitCode.Should().Be(survives ? 0 : 137);
            (group.ReadNumber("memory.oom_control", "oom_kill") > 0).Should().Be(!survives);
        }
    }

    [Fact]
    public async Task The_GC_is_told_of_a_limit_that_was_changed()
    {
        using var group = RealCgroup.TryCreate(Limit);
        if (group is null)
        {
            output.WriteLine($"Not checked: no memory group can be made under {CgroupFixtures.Version1} here.");
            return;
        }

        var child = group.Start($"exec {string.Join(' ', ChildProgram.Command(LimitChild.Name))} 2>/dev/null");
        (await child.StandardOutput.ReadLineAsync().WaitAsync(Patience)).Should().Be("192 MB of 256 MB");
        group.SetLimit(Limit * 2);

        var told = await child.StandardOutput.ReadLineAsync().WaitAsync(Patience);
        var now = await child.StandardOutput.ReadLineAsync().WaitAsync(Patience);

        told.Should().Be("The container's memory limit changed from 256 MB to 512 MB; the GC has read it. GC limit: 384 MB");
        now.Should().Be("384 MB of 512 MB");
    }
}
#endif
