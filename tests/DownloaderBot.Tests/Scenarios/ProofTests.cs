using DownloaderBot.Tests.Support;
using Xunit.Abstractions;

namespace DownloaderBot.Tests.Scenarios;

/// <summary>What the bot promises of memory, on the real program under real load.</summary>
[Collection("Scenarios")]
public sealed class ProofTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Fifty_users_leave_nothing_behind_and_memory_at_its_floor()
    {
        var (summary, console) = await ScenarioProcess.RunAsync("load", "0.5", ["--MemoryWatch:Limit=512MB"]);
        output.WriteLine(console[console.IndexOf("Summary of", StringComparison.Ordinal)..]);

        summary.Number("operations", "Download", "completed").Should().BeGreaterThan(20);
        summary.Number("operations", "Download", "cancelled").Should().BePositive();
        summary.Number("operations", "Download", "failed").Should().BePositive();
        summary.Zones().Should().NotContain("Imminent");
        summary.ShouldLeaveNothing();
        (summary.Megabytes("heap_after_bytes") - summary.Megabytes("heap_before_bytes")).Should().BeLessThan(8, "no object is held");
        (summary.Megabytes("floor_after_bytes") - summary.Megabytes("floor_before_bytes")).Should().BeLessThan(30);
    }

    [Fact]
    public async Task Three_sessions_with_200_MB_downloads_stay_below_critical_in_a_real_512_MB_group()
    {
        using var group = MemoryGroup.TryCreate(512 << 20);
        if (group is null)
        {
            output.WriteLine($"Not checked: no memory group can be made under {MemoryGroup.Root} here.");
            return;
        }

        var (summary, console) = await ScenarioProcess.RunAsync("healthy", "0.15", [], group);
        output.WriteLine(console[console.IndexOf("Summary of", StringComparison.Ordinal)..]);

        summary.GetProperty("limit_source").GetString().Should().Be("Container");
        summary.Number("limit_bytes").Should().Be(512 << 20);
        summary.Number("metric_maxima", "active_sessions").Should().Be(3);
        summary.Number("metric_maxima", "active_downloads").Should().Be(3);
        summary.Number("operations", "Upload", "completed").Should().BeGreaterThanOrEqualTo(3);
        summary.Zones().Should().NotContain(["Critical", "Imminent"]);
        summary.Megabytes("peak_used_bytes").Should().BeLessThan(450);
        summary.ShouldFindNothing();
        summary.ShouldNotLeak();
        group.CountKills().Should().Be(0);
        summary.ShouldLeaveNothing();
    }

    [Fact]
    public async Task A_file_fifty_times_as_large_costs_no_more_resident_memory()
    {
        var small = await PeakAsync(20);
        var large = await PeakAsync(1024);
        output.WriteLine($"At most {small:0.0} MB for a post of 20 MB, {large:0.0} MB for one of 1024 MB");

        large.Should().BeLessThan(small + 40, "no buffer grows with the file");

        static async Task<double> PeakAsync(int megabytes)
        {
            var (summary, _) = await ScenarioProcess.RunAsync(
                "healthy", "0.05", ["--Scenario:Users=1", $"--Scenario:PostMegabytes={megabytes}", "--Local:BytesPerSecond=1GB"]);
            summary.Number("operations", "Upload", "completed").Should().BePositive();
            return summary.Megabytes("peak_resident_bytes");
        }
    }
}
