using System.Text;
using MemoryWatch.Tell;
using MemoryWatch.Tool.Analyze;
using MemoryWatch.Tool.Tests.Analyze.Support;

namespace MemoryWatch.Tool.Tests.Analyze;

public class TitleTests
{
    private static readonly MemoryUsage Usage = new() { UsedBytes = 400 << 20, LimitBytes = 512 << 20, Source = LimitSource.Container };

    private static readonly MemoryAlert[] Alerts =
    [
        new ZoneAlert(MemoryZone.Elevated, MemoryZone.Healthy, Usage), new ZoneAlert(MemoryZone.Critical, MemoryZone.Healthy, Usage),
        new ZoneAlert(MemoryZone.Imminent, MemoryZone.Healthy, Usage), new ZoneAlert(MemoryZone.Healthy, MemoryZone.Imminent, Usage),
        new ZoneAlert(MemoryZone.Critical, MemoryZone.Imminent, Usage), new ZoneAlert(MemoryZone.Elevated, MemoryZone.Imminent, Usage),
        new HighMemoryAlert(Usage, 400 << 20), new SpikeAlert(80 << 20, TimeSpan.FromMinutes(1), 50 << 20), new MetricMaximumAlert(new("Sessions in use"), 11, 10),
        new BudgetAlert(1, "Down, load", "User 5") { Part = BudgetPart.Allocated, Bytes = 45 << 20, BudgetBytes = 20 << 20 },
        new BudgetAlert(1, "Download", default) { Part = BudgetPart.Change, Bytes = 45 << 20, BudgetBytes = 20 << 20 },
    ];

    public static TheoryData<int> Indexes => [.. Enumerable.Range(0, Alerts.Length)];

    [Theory]
    [MemberData(nameof(Indexes))]
    public void Each_alert_of_the_library_is_recognized_by_its_words(int index)
    {
        var message = AlertForm.Of(Alerts[index]).Message;

        var kind = Titles.Of(Titles.WithoutSymbol(Encoding.UTF8.GetBytes(message)), out _);

        kind.Should().NotBe(TitleKind.None, "of '{0}'", message);
        Analyzed.Text($"{message}\n").DamagedLines.Should().Be(0);
    }

    [Fact]
    public void An_excess_names_the_metric_and_its_maximum()
    {
        var report = Analyzed.Text($"{AlertForm.Of(Alerts[8]).Message}\n");

        report.Runs[0].Metrics.Should().ContainSingle().Which.Should().Be(new MetricReport("Sessions in use", 0, null, 11, null, 10, 1));
    }

    [Theory]
    [InlineData(9, "Down, load")]
    [InlineData(10, "Download")]
    public void An_exceeded_budget_is_a_finding_of_the_next_snapshot(int index, string operation)
    {
        var report = Analyzed.Text($"{AlertForm.Of(Alerts[index]).Message}\n📊 MEMORY SNAPSHOT | Operation: Check\n└─ RAM Usage: 100.0 MB (Virtual: 1.0 MB)\n");

        report.Findings.Should().ContainSingle().Which.Text.Should().StartWith("Over budget: ").And.Contain(operation).And.Contain("its budget is 20.0 MB");
    }

    [Fact]
    public void A_zone_of_which_the_start_is_not_in_the_log_is_not_claimed()
    {
        var report = Analyzed.Text(
            "10:00:00 INF Work Started | Memory: 1.0 MB\n10:01:00 INF ✅ MEMORY HEALTHY: 100.0 MB / 512 MB\n10:02:00 INF Work Completed | Memory: 1.0 MB (+0.0 MB, 2.0 s)\n");

        report.Runs[0].UnknownZoneSeconds.Should().Be(60);
        report.Runs[0].Zones.Should().ContainSingle().Which.Should().Be(new ZoneReport(MemoryZone.Healthy, 60, 1));
    }

    [Fact]
    public void An_operation_whose_name_begins_as_a_title_is_an_operation()
    {
        var report = Analyzed.Text("MEMORY SNAPSHOTS Started | Memory: 1.0 MB\nHIGH MEMORY USAGEX Completed | Memory: 1.0 MB (+0.0 MB, 2.0 s)\n");

        report.Operations.Select(operation => operation.Name).Should().BeEquivalentTo("MEMORY SNAPSHOTS", "HIGH MEMORY USAGEX");
    }

    [Fact]
    public void Memory_that_only_grows_in_snapshots_is_a_leak_with_its_pace_and_number_of_snapshots()
    {
        var text = new StringBuilder("2026-12-01 00:00:00 INF Memory watch started | Limit: 512 MB (of the container, cgroup v2)\n");
        var begin = new DateTime(2026, 12, 1);
        for (var i = 1; i <= 600; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{begin.AddMinutes(i):yyyy-MM-dd HH:mm:ss} INF 📊 MEMORY SNAPSHOT | Operation: Periodic Check\n├─ RAM Usage: {100 + (i * 0.2) + (i % 3):0.0} MB (Virtual: 1000.0 MB)\n├─ System: 30.0% used (300.0 MB available)\n└─ Sessions: 3 | Queue: 0\n");
        }

        var growth = Analyzed.Text(text.ToString()).Runs[0].Growth;

        growth.Readings.Should().Be(600);
        growth.Verdict.Should().Be(LeakVerdict.Leaking);
        (growth.BytesPerHour!.Value.Value / (1 << 20)).Should().BeApproximately(12, 0.5);
        growth.LimitSeconds.Should().BePositive();
    }
}
