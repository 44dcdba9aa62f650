using System.Text.Json;
using DownloaderBot.Tests.Support;

namespace DownloaderBot.Tests.Scenarios;

/// <summary>Each scenario shows its pattern, in figures that the watch reported.</summary>
[Collection("Scenarios")]
public sealed class ScenarioTests
{
    [Fact]
    public async Task Too_many_sessions_take_memory_into_the_critical_zone_and_give_it_back()
    {
        var summary = await RunAsync("too-many-sessions");

        summary.Number("metric_maxima", "active_sessions").Should().Be(10);
        ShouldGetCritical(summary);
        summary.Number("alerts", "high_memory").Should().Be(1);
        ShouldBeBack(summary);
    }

    [Fact]
    public async Task Fewer_sessions_are_the_cure()
    {
        var summary = await RunAsync("too-many-sessions", "--Bot:MaxSessions=3");

        summary.Number("metric_maxima", "active_sessions").Should().Be(3);
        summary.Zones().Should().NotContain("Critical");
        summary.ShouldLeaveNothing();
    }

    [Fact]
    public async Task Disconnecting_idle_sessions_is_another()
    {
        var summary = await RunAsync("too-many-sessions", "--Bot:StayAlive=true");

        ShouldGetCritical(summary);
        summary.Megabytes("relief_freed_bytes").Should().BeGreaterThan(6 * 40, "most sessions were idle");
        ShouldBeBack(summary);
    }

    [Fact]
    public async Task What_is_not_freed_after_downloads_is_still_there_when_nobody_is()
    {
        var summary = await RunAsync("not-freed-after-download");

        summary.Number("operations", "Faulty Download", "completed").Should().Be(8);

        // Within these seconds there are often too few GCs to know what each download retains; what it is made of is known at once.
        summary.FirstFinding().Should().BeOneOf("NotFreed (Faulty Download)", "LargeObjects ()");
        summary.Number("metric_maxima", "active_sessions").Should().Be(1);
        (summary.Megabytes("floor_after_bytes") - summary.Megabytes("floor_before_bytes")).Should().BeInRange(8 * 40, 8 * 40 + 25);
        summary.ShouldLeaveNothing();
    }

    [Fact]
    public async Task A_queue_builds_up_until_it_refuses_and_costs_no_memory()
    {
        var summary = await RunAsync("queue-build-up");

        summary.Number("metric_maxima", "queue_size").Should().Be(10);
        summary.Number("metric_maxima", "active_downloads").Should().Be(1);
        summary.Number("operations", "Download", "completed").Should().Be(0);
        ShouldBeBack(summary);
    }

    [Fact]
    public async Task A_leak_grows_with_every_call_and_nothing_else_does()
    {
        var summary = await RunAsync("leak", "--Scenario:FaultMegabytes=300");

        var calls = summary.Number("operations", "Faulty Leak", "completed");
        calls.Should().BeGreaterThan(10);
        (summary.Megabytes("floor_after_bytes") - summary.Megabytes("floor_before_bytes")).Should().BeInRange(calls, calls + 25);
        summary.Number("metric_maxima", "active_downloads").Should().Be(0);
        summary.ShouldLeaveNothing();
    }

    [Fact]
    public async Task A_spike_is_told_and_is_gone()
    {
        var summary = await RunAsync("spike");

        summary.Number("alerts", "spike").Should().Be(1);
        summary.FirstFinding().Should().Be("OperationSpike (Faulty Spike)");
        (summary.Megabytes("peak_resident_bytes") - summary.Megabytes("floor_before_bytes")).Should().BeGreaterThan(115);
        ShouldBeBack(summary);
    }

    [Theory]
    [InlineData("--scenario nothing", "There is no scenario 'nothing'; it must be one of healthy, too-many-sessions,*")]
    [InlineData("--scenario", "There is no scenario ''; it must be one of*")]
    [InlineData("--scenario=leak --minutes soon", "--minutes is 'soon'; it must be a number above 0, at most 1440, such as 0.5.")]
    [InlineData("--scenario leak --minutes 0", "--minutes is '0'; it must be*")]
    [InlineData("--scenario leak --minutes -1", "--minutes is '-1'; it must be*")]
    [InlineData("--scenario leak --Scenario:Users=-1", "Scenario:Users is -1; it must be from 0 to 1000.")]
    [InlineData("--scenario leak --RENDER=true", "Scenarios need the local chat, which is off because RENDER is set: unset it.")]
    public async Task What_makes_no_sense_gets_one_sentence_and_an_exit_code(string arguments, string sentence)
    {
        using var bot = new BotProcess(arguments.Split(' '));

        var (code, error) = await bot.ExitAsync();

        code.Should().Be(1);
        error.Should().Match(sentence).And.NotContain("\n");
    }

    private static async Task<JsonElement> RunAsync(string name, params string[] settings)
    {
        var (summary, console) = await ScenarioProcess.RunAsync(name, "0.1", ["--MemoryWatch:Limit=512MB", .. settings]);
        summary.GetProperty("scenario").GetString().Should().Be(name);
        summary.Number("missed_entries").Should().Be(0);
        console.Should().Contain($"SCENARIO  Summary of {name}, 0.1 min, limit 512.0 MB (Setting)\n");
        return summary;
    }

    // Ten sessions come within seconds, so a reading that is late may find a worse zone at once.
    private static void ShouldGetCritical(JsonElement summary) =>
        summary.Zones().Should().StartWith("Healthy").And.Contain(zone => zone == "Critical" || zone == "Imminent");

    private static void ShouldBeBack(JsonElement summary)
    {
        summary.ShouldLeaveNothing();
        (summary.Megabytes("floor_after_bytes") - summary.Megabytes("floor_before_bytes")).Should().BeLessThan(25, "all is given back");
    }
}
