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
    public void Climbs_to_the_same_height_again_and_again_are_a_spike_then_a_swing_and_then_known()
    {
        Show(100);

        // A large buffer in every third second, for two minutes and a half.
        var told = Enumerable.Range(0, 150).Select(i => Show(100, i % 3 == 0 ? 160 : 100)?.ToString()).OfType<string>();

        told.Should().Equal("spike: +60.0 MB within 60 s, threshold 50 MB", "swing: 60.0 MB without a collection");
    }

    [Fact]
    public void A_new_height_among_them_is_told_at_once()
    {
        Show(100);
        Show(100, peak: 160).Should().BeOfType<SpikeAlert>();
        Show(100);
        Show(100, peak: 160).Should().BeOfType<SwingAlert>();
        Show(100);

        Show(100, peak: 180).Should().BeOfType<SwingAlert>().Which.SwingBytes.Should().Be(Bytes.Megabytes(80));
        Show(100);
        Show(100, peak: 206).Should().BeOfType<SpikeAlert>();
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

    [Fact]
    public void Mapped_files_are_no_spike_because_they_do_not_count_against_the_limit()
    {
        Parts(anonymous: 60, shared: 5, file: 20);

        Parts(anonymous: 85, shared: 5, file: 80).Should().BeNull("85 MB more are resident, and 25 MB more count");
        Parts(anonymous: 90, shared: 30, file: 80).Should().BeOfType<SpikeAlert>().Which.IncreaseBytes.Should().Be(Bytes.Megabytes(55));
    }

    [Fact]
    public void A_peak_counts_without_the_mapped_files_of_its_tick()
    {
        Parts(anonymous: 60, shared: 0, file: 20);

        Parts(anonymous: 60, shared: 0, file: 70, peak: 175).Should().BeNull();
        Parts(anonymous: 60, shared: 0, file: 70, peak: 185).Should().BeOfType<SpikeAlert>().Which.IncreaseBytes.Should().Be(Bytes.Megabytes(55));
    }

    [Fact]
    public void Parts_that_cannot_be_read_for_a_moment_are_no_rise()
    {
        Parts(anonymous: 60, shared: 0, file: 80);
        Show(140).Should().BeNull();

        Show(191).Should().BeOfType<SpikeAlert>().Which.IncreaseBytes.Should().Be(Bytes.Megabytes(51));
    }

    [Fact]
    public void More_mapped_than_the_peak_of_a_quick_reading_is_no_number_below_zero()
    {
        Parts(anonymous: 0, shared: 0, file: 300, peak: 100);

        Parts(anonymous: 50, shared: 0, file: 300, peak: 100).Should().BeOfType<SpikeAlert>().Which.IncreaseBytes.Should().Be(Bytes.Megabytes(50));
    }

    [Fact]
    public void Looking_allocates_nothing()
    {
        var calm = SnapshotOf.Resident(100);
        var climbing = SnapshotOf.Resident(160);
        Look(10);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Look(1000);

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);

        void Look(int times)
        {
            for (var i = 0; i < times; i++)
            {
                _detector.Inspect(calm, _settings);
                _detector.Inspect(climbing, _settings);
            }
        }
    }

    private MemoryAlert? Show(double? resident, double? peak = null, double? limit = 512) =>
        Inspect(SnapshotOf.Resident(resident, peak, limit));

    private MemoryAlert? Parts(double anonymous, double shared, double file, double? peak = null) => Inspect(
        SnapshotOf.Resident(anonymous + shared + file, peak).With(process: new ProcessReading
        {
            ResidentBytes = Bytes.Megabytes(anonymous + shared + file),
            AnonymousBytes = Bytes.Megabytes(anonymous),
            SharedBytes = Bytes.Megabytes(shared),
            FileBackedBytes = Bytes.Megabytes(file),
        }));

    private MemoryAlert? Inspect(MemorySnapshot snapshot)
    {
        var alert = _detector.Inspect(snapshot, _settings);
        _time.Advance(TimeSpan.FromSeconds(1));
        return alert;
    }

    private MemoryAlert[] Climb(double from, double by, int seconds) =>
        [.. Enumerable.Range(0, seconds).Select(i => Show(from + (i * by))).OfType<MemoryAlert>()];

    private MemoryAlert[] Plateau(double at, int seconds) => Climb(at, 0, seconds);
}
