using System.Globalization;
using System.Text.RegularExpressions;
using DownloaderBot.Tests.Support;
using Xunit.Abstractions;

namespace DownloaderBot.Tests.Scenarios;

/// <summary>
/// The size of box that the watch advises, in real memory groups. It takes most of a minute, so it runs only with <c>MEMORYWATCH_BOX=1</c>.
/// </summary>
[Collection("Scenarios")]
public sealed partial class BoxTests(ITestOutputHelper output)
{
    private const int SmallMegabytes = 300;

    // A GC limit of 75 % of the group would make exceptions of what kills here.
    private const string WideHeap = "DOTNET_GCHeapHardLimit=0x40000000";

    // A spike would be one more finding, and three are logged.
    private static readonly string[] Settings =
    [
        "--MemoryWatch:Limit=", "--MemoryWatch:Interval=00:00:00.5", "--MemoryWatch:PeriodicInterval=00:00:01", "--MemoryWatch:SpikeThreshold=300MB",
    ];

    [Fact]
    public async Task The_advised_box_survives_the_load_that_killed_the_small_one()
    {
        if (Environment.GetEnvironmentVariable("MEMORYWATCH_BOX") != "1")
        {
            output.WriteLine("Not checked: MEMORYWATCH_BOX is not 1.");
            return;
        }

        using var small = MemoryGroup.TryCreate((long)SmallMegabytes << 20);
        if (small is null)
        {
            output.WriteLine($"Not checked: no memory group can be made under {MemoryGroup.Root} here.");
            return;
        }

        var console = await ScenarioProcess.RunUntilKilledAsync("too-many-sessions", "0.5", Settings, small, WideHeap);
        small.CountKills().Should().Be(1);
        var advice = Advice().Matches(console).LastOrDefault();
        advice.Should().NotBeNull(console);
        output.WriteLine(advice!.Value);

        var megabytes = int.Parse(advice.Groups["size"].ValueSpan, CultureInfo.InvariantCulture);
        megabytes.Should().BeGreaterThan(SmallMegabytes);
        using var advised = MemoryGroup.TryCreate((long)megabytes << 20)!;
        var (summary, _) = await ScenarioProcess.RunAsync("too-many-sessions", "0.5", Settings, advised, WideHeap);
        output.WriteLine($"In {megabytes} MB: {summary.Megabytes("peak_used_bytes"):0.0} MB used at most");

        advised.CountKills().Should().Be(0);
        summary.Number("metric_maxima", "active_sessions").Should().Be(10);
    }

    [GeneratedRegex(@"Finding: Box too small: .* box of (?<size>\d+) MB")]
    private static partial Regex Advice();
}
