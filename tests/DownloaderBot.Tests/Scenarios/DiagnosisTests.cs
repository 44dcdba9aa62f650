using System.Text.Json;
using DownloaderBot.Tests.Support;
using Xunit.Abstractions;

namespace DownloaderBot.Tests.Scenarios;

/// <summary>What the watch says of a load is what the load is.</summary>
[Collection("Scenarios")]
public sealed class DiagnosisTests(DiagnosisTests.Runs runs, ITestOutputHelper output) : IClassFixture<DiagnosisTests.Runs>
{
    private const double SessionMegabytes = 40;

    [Fact]
    public async Task Too_many_sessions_are_found_with_what_each_costs_and_are_no_leak()
    {
        var summary = await SummaryAsync(runs.TooManySessions);

        summary.FirstFinding().Should().Be("TooManyItems (Sessions)");
        summary.ShouldNotLeak();
        var cost = summary.GetProperty("learned_costs").GetProperty("active_sessions");
        cost.Megabytes("bytes").Should().BeApproximately(SessionMegabytes, 0.15 * SessionMegabytes);
        cost.Number("changes").Should().BeGreaterThanOrEqualTo(4);
    }

    [Fact]
    public async Task A_queue_that_builds_up_is_found_and_is_no_leak()
    {
        var summary = await SummaryAsync(runs.QueueBuildUp);

        summary.FirstFinding().Should().Be("QueueBuildUp (Queue)");
        summary.ShouldNotLeak();
    }

    private async Task<JsonElement> SummaryAsync(Task<(JsonElement Summary, string Console)> run)
    {
        var (summary, console) = await run;
        output.WriteLine(console[console.IndexOf("Summary of", StringComparison.Ordinal)..]);
        return summary;
    }

    /// <summary>The scenarios, side by side, because they mostly wait.</summary>
    public sealed class Runs
    {
        public Task<(JsonElement Summary, string Console)> TooManySessions { get; } = RunAsync("too-many-sessions");

        public Task<(JsonElement Summary, string Console)> QueueBuildUp { get; } = RunAsync("queue-build-up");

        private static Task<(JsonElement Summary, string Console)> RunAsync(string name) => ScenarioProcess.RunAsync(
            name, "0.5", ["--MemoryWatch:Limit=512MB", "--MemoryWatch:Interval=00:00:00.5"]);
    }
}
