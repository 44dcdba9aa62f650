#if NET10_0_OR_GREATER
using System.Diagnostics;
using MemoryWatch.Tests.Read;
using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.BlackBox.Processes;

/// <summary>
/// Programs whose heap reaches the GC's limit of 200 MB, or does not. Their heap is real, and their time is played unless what is proved needs a
/// background GC or the real pacer. For the newest framework only: the runtime that they run on is the same.
/// </summary>
[Collection(Proofs.Name)]
public sealed class HeapLimitTests
{
    private const string Exception = "exception";

    [Theory]
    [InlineData("1000", "40")]
    [InlineData("1000000", "40", HeapChild.InRealTime)]
    [InlineData("20000000", "60")]
    public async Task A_heap_that_fills_is_elevated_high_and_critical_before_the_first_exception(
        string piece, string megabytesPerSecond, string time = "")
    {
        var lines = await RunAsync("hold", piece, megabytesPerSecond, time);

        lines.Should().Contain(Exception);
        string[] before = [.. lines.TakeWhile(line => line != Exception)];
        before.Should().Contain(line => line.StartsWith("⚠️ MEMORY ELEVATED: "));
        before.Should().Contain(line => line.StartsWith("⚠️ HIGH MEMORY USAGE: "));
        before.Should().Contain(line => line.StartsWith("🔴 MEMORY CRITICAL: "));
        before.Where(line => line.Contains("MEMORY CRITICAL") || line.Contains("HIGH MEMORY"))
            .Should().OnlyContain(line => line.Contains(" / 200 MB of the GC's heap limit"));
    }

    [Theory]
    [InlineData("200", "150")]
    [InlineData("8000", "300")]
    [InlineData("1000000", "80")]
    [InlineData("20000000", "80")]
    public async Task Garbage_beside_60_MB_of_live_objects_raises_nothing(string piece, string megabytesPerSecond)
    {
        var lines = await RunAsync("churn", piece, megabytesPerSecond);

        lines.Where(line => !line.Contains("SPIKE") && !line.Contains("AFTER START") && !line.Contains("SWINGS"))
            .Should().Equal("done");
    }

    [Fact]
    public async Task Memory_that_was_freed_is_healthy_at_the_next_tick()
    {
        var lines = await RunAsync("free", "1000", "60");

        lines.Should().ContainInOrder("freed", "zone Healthy");
    }

    [Theory]
    [InlineData("1000000", "40")]
    [InlineData("20000000", "40")]
    public async Task Large_objects_after_many_small_ones_are_reported_before_they_fail(string piece, string megabytesPerSecond)
    {
        var lines = await RunAsync("small-then-large", piece, megabytesPerSecond, HeapChild.InRealTime);

        lines.TakeWhile(line => line != Exception).Should().Contain(line => line.Contains("HEAP SPACE HELD") || line.Contains("HIGH MEMORY USAGE"));
    }

    [Fact]
    public async Task In_a_real_group_the_limit_that_the_runtime_derived_governs()
    {
        using var group = RealCgroup.TryCreate(256 << 20);
        if (group is null)
        {
            return;
        }

        var child = group.Start($"DOTNET_gcConcurrent=0 exec {string.Join(' ', ChildProgram.Command(HeapChild.Name, "hold", "1000000", "40"))}");
        var lines = (await child.StandardOutput.ReadToEndAsync()).Split('\n');

        lines.TakeWhile(line => line != Exception).Should().Contain(line => line.StartsWith("🔴 MEMORY CRITICAL: ") && line.Contains(" / 192 MB of the GC's heap limit"));
    }

    private static async Task<string[]> RunAsync(params string[] args)
    {
        var command = ChildProgram.Command([HeapChild.Name, .. args]);
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true };
        start.Environment["DOTNET_GCHeapHardLimit"] = "0xC800000";

        // A background GC takes real time, and a program whose time is played would outrun it.
        start.Environment["DOTNET_gcConcurrent"] = args is [.., HeapChild.InRealTime] ? "1" : "0";
        using var child = Process.Start(start)!;
        var output = await child.StandardOutput.ReadToEndAsync();
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
#endif
