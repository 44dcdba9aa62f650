using MemoryWatch.Judge;
using MemoryWatch.Tell;
using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Judge;

public class HighMemoryDetectorTests
{
    private JudgeSettings _settings = JudgeSettingsOf.Defaults;
    private readonly HighMemoryDetector _detector = new();

    [Fact]
    public void It_is_told_from_400_of_512_MB_in_the_words_of_the_documentation()
    {
        Show(399.9).Should().BeNull();
        _detector.IsHigh.Should().BeFalse();

        var alert = Show(421.7)!;
        (alert.Kind, alert.Severity, alert.Describe())
            .Should().Be(("high_memory", AlertSeverity.Warning, "⚠️ HIGH MEMORY USAGE: 421.7 MB / 512 MB"));
        AlertForm.Of(alert).Values.Select(v => v.Key).Should().Equal("used_bytes", "limit_bytes", "threshold_bytes");
        _detector.IsHigh.Should().BeTrue();
    }

    [Fact]
    public void The_edge_itself_counts() => Show(400).Should().NotBeNull();

    [Fact]
    public void It_is_told_once_however_long_it_stays_or_hovers()
    {
        Show(400);

        Enumerable.Range(0, 100).Select(i => Show(i % 2 == 0 ? 385 : 480)).Should().AllSatisfy(a => a.Should().BeNull());
        _detector.IsHigh.Should().BeTrue();
    }

    [Fact]
    public void It_is_told_again_only_after_it_was_three_percent_of_the_limit_below()
    {
        Show(410);
        Show(384).Should().BeNull();
        _detector.IsHigh.Should().BeFalse();

        Show(399).Should().BeNull();
        Show(400).Should().NotBeNull();
    }

    [Fact]
    public void An_unknown_usage_or_limit_changes_nothing()
    {
        Show(410);
        Show(null).Should().BeNull();
        Show(100, null).Should().BeNull();
        _detector.IsHigh.Should().BeTrue();
        Show(410).Should().BeNull();
    }

    [Fact]
    public void An_absolute_threshold_needs_no_limit()
    {
        _settings = _settings with { High = "200MB" };

        Show(201, null)!.Describe().Should().Be("⚠️ HIGH MEMORY USAGE: 201.0 MB / 200 MB");
    }

    [Fact]
    public void Limit_and_setting_may_change_at_any_time()
    {
        Show(300).Should().BeNull();
        Show(300, 320).Should().NotBeNull();
        Show(300);
        _detector.IsHigh.Should().BeFalse();
        _settings = _settings with { High = "50%" };
        Show(300).Should().NotBeNull();
    }

    private MemoryAlert? Show(double? used, double? limit = 512) => _detector.Inspect(SnapshotOf.Usage(used, limit), _settings);
}
