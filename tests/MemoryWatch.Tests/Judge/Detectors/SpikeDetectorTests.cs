using MemoryWatch.Judge;
using MemoryWatch.Tell;
using MemoryWatch.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace MemoryWatch.Tests.Judge;

public class SpikeDetectorTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly SpikeDetector _detector;
    private JudgeSettings _settings = JudgeSettingsOf.Defaults;

    public SpikeDetectorTests() => _detector = new(_time);

    [Fact]
    public void A_rise_by_the_threshold_within_the_window_is_told_in_the_words_of_the_documentation()
    {
        Show(100);
        Show(149.9).Should().BeNull();
        var alert = Show(175.3)!;

        (alert.Kind, alert.Severity, alert.Describe())
            .Should().Be(("spike", AlertSeverity.Warning, "⚠️ MEMORY SPIKE DETECTED: +75.3 MB increase!"));
        AlertForm.Of(alert).Values.Select(v => v.Key).Should().Equal("increase_bytes", "window_seconds", "threshold_bytes");
    }

    [Fact]
    public void The_threshold_itself_counts()
    {
        Show(100);
        Show(150).Should().NotBeNull();
    }

    [Fact]
    public void The_first_reading_is_the_baseline_whatever_peak_came_before_it()
    {
        Show(300, peak: 500).Should().BeNull();
        Show(300).Should().BeNull();
    }

    [Fact]
    public void A_climb_is_told_once_however_high_and_long_it_goes()
    {
        Show(100);

        Climb(from: 110, by: 10, seconds: 100).Should().ContainSingle();
    }

    [Fact]
    public void A_rise_that_takes_longer_than_the_window_is_none()
    {
        Show(100);

        // 0.8 MB a second: 48 MB within any minute, 480 MB in all.
        Climb(from: 100.8, by: 0.8, seconds: 600).Should().BeEmpty();
    }

    [Fact]
    public void What_falls_and_stays_is_none()
    {
        Show(500);
        Enumerable.Range(0, 200).Select(_ => Show(100)).OfType<MemoryAlert>().Should().BeEmpty();
    }

    [Fact]
    public void A_peak_that_lived_less_than_a_tick_is_seen()
    {
        Show(100);

        Show(100, peak: 160)!.Describe().Should().Contain("+60.0 MB");
        Show(100).Should().BeNull();
    }

    [Fact]
    public void A_second_climb_from_the_plateau_of_the_first_is_told_again()
    {
        Show(100);
        Show(160).Should().NotBeNull();
        Plateau(160, seconds: 20).Should().BeEmpty();

        Show(205).Should().BeNull();
        Show(211)!.Describe().Should().Contain("+51.0 MB");
    }

    [Fact]
    public void A_climb_that_only_pauses_is_the_same_climb()
    {
        Show(100);
        Show(160).Should().NotBeNull();
        Plateau(160, seconds: 10);

        Climb(from: 170, by: 10, seconds: 10).Should().BeEmpty();
    }

    [Fact]
    public void Climbs_to_the_same_height_again_and_again_are_told_once_per_window()
    {
        Show(100);

        // A large buffer in every third second, for two minutes and a half.
        var told = Enumerable.Range(0, 150).Where(i => Show(100, i % 3 == 0 ? 160 : 100) is not null).ToArray();

        told.Should().Equal(0, 60, 120);
    }

    [Fact]
    public void A_new_height_among_them_is_told_at_once()
    {
        Show(100);
        Show(100, peak: 160).Should().NotBeNull();
        Show(100);
        Show(100, peak: 160).Should().BeNull();
        Show(100);

        Show(100, peak: 180).Should().NotBeNull();
    }

    [Fact]
    public void A_window_that_changes_starts_afresh_and_is_in_force_at_once()
    {
        Show(100);
        _settings = _settings with { SpikeWindow = TimeSpan.FromSeconds(30) };
        Show(160).Should().BeNull("slices of another width cannot be compared");
        Show(211).Should().BeOfType<SpikeAlert>().Which.Window.Should().Be(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void A_threshold_that_changes_is_in_force_at_once()
    {
        Show(100);
        Show(120).Should().BeNull();
        _settings = _settings with { Spike = "10MB" };

        Show(121).Should().NotBeNull();
    }

    [Fact]
    public void A_relative_threshold_is_of_the_limit_and_judges_nothing_without_one()
    {
        _settings = _settings with { Spike = "10%" };
        Show(100);

        Show(170, limit: null).Should().BeNull();
        Show(151).Should().BeNull();
        Show(152).Should().NotBeNull();
    }

    [Fact]
    public void A_reading_that_is_missing_changes_nothing()
    {
        Show(100);
        Show(null).Should().BeNull();

        Show(150).Should().NotBeNull();
    }

    private MemoryAlert? Show(double? resident, double? peak = null, double? limit = 512)
    {
        var alert = _detector.Inspect(SnapshotOf.Resident(resident, peak, limit), _settings);
        _time.Advance(TimeSpan.FromSeconds(1));
        return alert;
    }

    private MemoryAlert[] Climb(double from, double by, int seconds) =>
        [.. Enumerable.Range(0, seconds).Select(i => Show(from + (i * by))).OfType<MemoryAlert>()];

    private MemoryAlert[] Plateau(double at, int seconds) => Climb(at, 0, seconds);
}
