using MemoryWatch.Guard;
using MemoryWatch.Judge;
using MemoryWatch.Tell;
using MemoryWatch.Tests.Support;
using MemoryWatch.Track;
using static MemoryWatch.MemoryZone;

namespace MemoryWatch.Tests.Judge;

public sealed class ZoneTests : IDisposable
{
    private const double OneByte = 1d / (1024 * 1024);

    // 3 % of 512 MB, as a double cuts it: leaving an edge takes so much.
    private const double Margin = 15.36;
    private JudgeSettings _settings = JudgeSettingsOf.Defaults;
    private readonly PluginRunner _runner = new(new RecordingPluginListener(), new StuckThreads(), TimeProvider.System, Deadline.Backstop);
    private readonly MemoryJudge _judge;
    private MemoryZone _zone;

    public ZoneTests() => _judge = new(new OperationStore(static () => { }), isMetered: false, [], [], _runner, TimeProvider.System);

    public void Dispose() => _runner.Dispose();

    [Theory]
    [InlineData(0, Healthy)]
    [InlineData(350 - OneByte, Healthy)]
    [InlineData(350, Elevated)]
    [InlineData(450 - OneByte, Elevated)]
    [InlineData(450, Critical)]
    [InlineData(500 - OneByte, Critical)]
    [InlineData(500, Imminent)]
    [InlineData(600, Imminent)]
    public void Zones_of_512_MB_begin_at_their_edges(double used, MemoryZone zone)
    {
        var alert = Show(used);

        _zone.Should().Be(zone);
        (alert is null).Should().Be(zone == Healthy);
    }

    [Theory]
    [InlineData(360, 350 - Margin + 0.01, Elevated)]
    [InlineData(360, 350 - Margin - 0.01, Healthy)]
    [InlineData(460, 450 - Margin + 0.01, Critical)]
    [InlineData(460, 450 - Margin - 0.01, Elevated)]
    [InlineData(510, 500 - Margin + 0.01, Imminent)]
    [InlineData(510, 500 - Margin - 0.01, Critical)]
    [InlineData(510, 440, Critical)]
    [InlineData(510, 400, Elevated)]
    [InlineData(510, 340, Elevated)]
    [InlineData(510, 330, Healthy)]
    [InlineData(460, 340, Elevated)]
    [InlineData(460, 100, Healthy)]
    public void Leaving_takes_three_percent_of_the_limit_below_each_edge_left(double from, double to, MemoryZone zone)
    {
        Show(from);
        Show(to);

        _zone.Should().Be(zone);
    }

    [Fact]
    public void An_edge_not_yet_reached_has_no_margin()
    {
        Show(360);
        Show(449);

        _zone.Should().Be(Elevated);
    }

    [Fact]
    public void A_value_that_hovers_at_an_edge_is_told_once()
    {
        var alerts = Enumerable.Range(0, 100).Select(i => Show(i % 2 == 0 ? 451 : 440)).OfType<MemoryAlert>();

        alerts.Should().ContainSingle();
    }

    [Theory]
    [InlineData(360, AlertSeverity.Information, "⚠️ MEMORY ELEVATED: 360.0 MB / 512 MB")]
    [InlineData(460.5, AlertSeverity.Warning, "🔴 MEMORY CRITICAL: 460.5 MB / 512 MB")]
    [InlineData(510, AlertSeverity.Critical, "❌ MEMORY LIMIT IMMINENT: 510.0 MB / 512 MB")]
    public void Rising_into_a_zone_is_told_by_how_bad_it_is(double used, AlertSeverity severity, string message)
    {
        var alert = Show(used)!;

        (alert.Kind, alert.Severity, alert.Describe()).Should().Be(("zone", severity, message));
        AlertForm.Of(alert).Values.Select(v => v.Key).Should().Equal("zone", "used_bytes", "limit_bytes");
    }

    [Theory]
    [InlineData(460, "🔴 MEMORY BACK TO CRITICAL: 460.0 MB / 512 MB")]
    [InlineData(360, "⚠️ MEMORY BACK TO ELEVATED: 360.0 MB / 512 MB")]
    [InlineData(100, "✅ MEMORY HEALTHY: 100.0 MB / 512 MB")]
    public void Falling_is_good_to_know(double used, string message)
    {
        Show(511);
        var alert = Show(used)!;

        (alert.Severity, alert.Describe()).Should().Be((AlertSeverity.Information, message));
    }

    [Fact]
    public void An_unknown_usage_keeps_the_zone()
    {
        Show(460);

        Show(null).Should().BeNull();
        Show(null, null).Should().BeNull();
        _zone.Should().Be(Critical);
    }

    [Fact]
    public void Without_a_limit_relative_zones_are_healthy()
    {
        Show(460, null).Should().BeNull();
        Show(460);
        Show(460, null);

        _zone.Should().Be(Healthy);
    }

    [Fact]
    public void Without_a_limit_absolute_zones_are_judged_with_a_margin_of_the_edge_itself()
    {
        _settings = _settings with { Elevated = "300MB", Critical = "400MB", Imminent = "500MB" };

        Show(401, null)!.Describe().Should().Be("🔴 MEMORY CRITICAL: 401.0 MB / n/a");
        Show(389, null).Should().BeNull();
        Show(387, null)!.Describe().Should().Be("⚠️ MEMORY BACK TO ELEVATED: 387.0 MB / n/a");
    }

    [Fact]
    public void A_limit_that_changes_moves_relative_zones_at_once()
    {
        Show(300).Should().BeNull();

        Show(300, 305)!.Describe().Should().Be("❌ MEMORY LIMIT IMMINENT: 300.0 MB / 305 MB");
        Show(300, 1024)!.Describe().Should().Be("✅ MEMORY HEALTHY: 300.0 MB / 1024 MB");
    }

    [Fact]
    public void A_limit_that_changes_does_not_move_absolute_zones()
    {
        _settings = _settings with { Elevated = "300MB", Critical = "400MB", Imminent = "500MB" };
        Show(350);

        Show(350, 1024).Should().BeNull();
        _zone.Should().Be(Elevated);
    }

    [Fact]
    public void Settings_that_change_are_in_force_at_once()
    {
        Show(300);
        _settings = _settings with { Critical = "50%" };
        Show(300);

        _zone.Should().Be(Critical);
    }

    private ZoneAlert? Show(double? used, double? limit = 512)
    {
        var report = _judge.Judge(SnapshotOf.Usage(used, limit), _settings);
        _zone = report.Snapshot.Zone;
        return report.Alerts.OfType<ZoneAlert>().SingleOrDefault();
    }
}
