using System.Text.Json;
using DownloaderBot.Tests.Support;
using Xunit.Abstractions;

namespace DownloaderBot.Tests.Scenarios;

/// <summary>What the watch says of a load is what the load is.</summary>
public sealed class DiagnosisTests(ITestOutputHelper output)
{
    private const double SessionMegabytes = 40;

    [Fact]
    public async Task Too_many_sessions_are_found_with_what_each_costs_and_are_no_leak()
    {
        var (summary, console) = await RunAsync("too-many-sessions");

        summary.FirstFinding().Should().Be("TooManyItems (Sessions)", console);
        summary.ShouldNotLeak();
        var cost = summary.GetProperty("learned_costs").GetProperty("active_sessions");
        cost.Megabytes("bytes").Should().BeApproximately(SessionMegabytes, 0.15 * SessionMegabytes);
        cost.Number("changes").Should().BeGreaterThanOrEqualTo(4);
    }

    [Fact]
    public async Task A_queue_that_builds_up_is_found_and_is_no_leak()
    {
        var (summary, console) = await RunAsync("queue-build-up");

        summary.FirstFinding().Should().Be("QueueBuildUp (Queue)", console);
        summary.ShouldNotLeak();
    }

    private async Task<(JsonElement Summary, string Console)> RunAsync(string name)
    {
        var (summary, console) = await ScenarioProcess.RunAsync(
            name, "0.5", ["--MemoryWatch:Limit=512MB", "--MemoryWatch:Interval=00:00:00.5"]);
        output.WriteLine(console[console.IndexOf("Summary of", StringComparison.Ordinal)..]);
        return (summary, console);
    }
}
