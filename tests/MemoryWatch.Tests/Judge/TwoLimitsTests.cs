using MemoryWatch.Judge;
using MemoryWatch.Tests.Support;
using static MemoryWatch.MemoryZone;

namespace MemoryWatch.Tests.Judge;

public class TwoLimitsTests
{
    private JudgeSettings _settings = JudgeSettingsOf.Defaults;
    private ZoneJudgement _last;

    [Theory]
    [InlineData(100, 100, Healthy, LimitSource.GCHeap)]
    [InlineData(300, 60, Healthy, LimitSource.Container)]
    [InlineData(460, 100, Critical, LimitSource.Container)]
    [InlineData(100, 140, Elevated, LimitSource.GCHeap)]
    [InlineData(100, 180, Critical, LimitSource.GCHeap)]
    [InlineData(360, 196, Imminent, LimitSource.GCHeap)]
    [InlineData(505, 180, Imminent, LimitSource.Container)]
    public void The_nearer_limit_governs_the_zone_and_is_named(double used, double occupied, MemoryZone zone, LimitSource governing)
    {
        var snapshot = Show(used, occupied);

        (snapshot.Zone, snapshot.Governing.Source).Should().Be((zone, governing));
    }

    [Fact]
    public void Each_limit_is_left_by_its_own_margin()
    {
        Show(100, 180).Zone.Should().Be(Critical);
        Show(440, 100).Zone.Should().Be(Elevated, "the container was never above its critical edge of 450 MB, which has no margin then");
    }

    [Fact]
    public void Healthy_again_is_told_by_the_limit_that_was_near()
    {
        Show(100, 180);

        Show(330, 40).Governing.Source.Should().Be(LimitSource.GCHeap);
        Show(330, 40).Governing.Source.Should().Be(LimitSource.Container);
    }

    [Fact]
    public void Thresholds_in_bytes_say_nothing_of_the_heap_which_keeps_the_default_parts()
    {
        _settings = _settings with { Elevated = "20MB", Critical = "150MB" };

        Show(10, 120).Zone.Should().Be(Healthy);
        Show(10, 140).Zone.Should().Be(Elevated);
    }

    [Fact]
    public void A_threshold_in_bytes_above_the_limit_is_the_default_part_of_it()
    {
        _settings = _settings with { Critical = "900MB" };

        Show(449, 0).Zone.Should().Be(Elevated);
        Show(450, 0).Zone.Should().Be(Critical);
    }

    [Fact]
    public void A_threshold_in_bytes_where_only_the_machine_limits_judges_this_process()
    {
        _settings = _settings with { Elevated = "350MB" };

        var small = Show(557, 0, LimitSource.Machine, limit: 4096, resident: 100);
        var large = Show(557, 0, LimitSource.Machine, limit: 4096, resident: 360);

        (small.Zone, large.Zone).Should().Be((Healthy, Elevated));
        (large.Governing.Source, large.Governing.UsedBytes).Should().Be((LimitSource.Process, Bytes.Megabytes(360)));
        new ZoneAlert(large.Zone, small.Zone, large.Governing).Describe().Should().StartWith("⚠️ MEMORY ELEVATED: 360.0 MB / ");
    }

    [Fact]
    public void Parts_of_the_limit_where_only_the_machine_limits_judge_the_machine() =>
        Show(3900, 0, LimitSource.Machine, limit: 4096, resident: 100).Zone.Should().Be(Critical);

    [Fact]
    public void Words_go_by_the_upper_bound_and_actions_by_the_lower_one()
    {
        var snapshot = new MemorySnapshot
        {
            Usage = new()
            {
                UsedBytes = Bytes.Megabytes(505.4), LeastUsedBytes = Bytes.Megabytes(200), LimitBytes = Bytes.Megabytes(512),
                Source = LimitSource.Container, Precision = UsagePrecision.AtMost,
            },
        };
        snapshot.Judged(Zones.Next(default, snapshot, _settings));
        var high = new HighMemoryDetector();

        (snapshot.Zone, snapshot.Judgement.ActingZone).Should().Be((Imminent, Healthy));
        high.Inspect(snapshot, _settings)!.Describe().Should().Be("⚠️ HIGH MEMORY USAGE: at most 505.4 MB / 512 MB, file cache included");
        high.IsHigh.Should().BeFalse("nothing is freed because of memory that may be file cache");
    }

    [Fact]
    public void The_high_memory_alert_knows_both_limits()
    {
        var high = new HighMemoryDetector();

        high.Inspect(Show(100, 160), _settings)!.Describe().Should().Be("⚠️ HIGH MEMORY USAGE: 160.0 MB / 200 MB of the GC's heap limit");
        high.IsHigh.Should().BeTrue();
        high.Inspect(Show(410, 160), _settings)!.Describe().Should().Be("⚠️ HIGH MEMORY USAGE: 410.0 MB / 512 MB");
    }

    [Fact]
    public void A_heap_that_may_be_garbage_is_collected_before_anything_is_said()
    {
        _settings = _settings with { MayCollect = true };
        var high = new HighMemoryDetector();

        var first = ShowHeap(occupied: 160, live: 60);
        high.Inspect(first, _settings).Should().BeNull();
        (first.Zone, first.Judgement.NeedsCollection).Should().Be((Healthy, true));

        ShowHeap(occupied: 62, live: 62, collections: 1).Zone.Should().Be(Healthy, "it was garbage");
    }

    [Fact]
    public void A_heap_that_has_filled_again_by_the_next_look_is_collected_again()
    {
        _settings = _settings with { MayCollect = true };
        ShowHeap(occupied: 160, live: 60);

        var second = ShowHeap(occupied: 190, live: 60, collections: 1);

        (second.Zone, second.Judgement.NeedsCollection).Should().Be((Healthy, true));
    }

    [Fact]
    public void What_is_certain_is_reported_at_once()
    {
        _settings = _settings with { MayCollect = true };

        ShowHeap(occupied: 190, live: 140).Zone.Should().Be(Elevated);
    }

    [Fact]
    public void A_heap_that_is_still_full_after_the_collection_is_reported()
    {
        _settings = _settings with { MayCollect = true };
        ShowHeap(occupied: 160, live: 60);

        var second = ShowHeap(occupied: 160, live: 159, collections: 1);

        (second.Zone, second.Judgement.NeedsCollection).Should().Be((Elevated, false));
        new HighMemoryDetector().Inspect(second, _settings).Should().NotBeNull();
    }

    [Fact]
    public void A_collection_that_does_not_come_holds_nothing_back()
    {
        _settings = _settings with { MayCollect = true };
        ShowHeap(occupied: 160, live: 60);

        ShowHeap(occupied: 165, live: 60).Zone.Should().Be(Elevated);
    }

    [Fact]
    public void Where_no_collection_may_be_forced_the_heap_counts_as_it_is() =>
        ShowHeap(occupied: 160, live: 60).Zone.Should().Be(Elevated);

    private MemorySnapshot ShowHeap(double occupied, double live, int collections = 0)
    {
        var snapshot = new MemorySnapshot
        {
            Managed = new()
            {
                OccupiedBytes = Bytes.Megabytes(occupied), LiveBytes = Bytes.Megabytes(live), HeapLimitBytes = Bytes.Megabytes(200),
                IsHeapLimitEnforced = true,
                Generation2Collections = collections,
            },
        };
        _last = Zones.Next(_last, snapshot, _settings);
        return snapshot.Judged(_last);
    }

    private MemorySnapshot Show(
        double used, double occupied, LimitSource source = LimitSource.Container, double limit = 512, double? resident = null)
    {
        var snapshot = new MemorySnapshot
        {
            Usage = new() { UsedBytes = Bytes.Megabytes(used), LimitBytes = Bytes.Megabytes(limit), Source = source },
            Process = new() { ResidentBytes = Bytes.Megabytes(resident ?? used) },
            Managed = new() { OccupiedBytes = Bytes.Megabytes(occupied), HeapLimitBytes = Bytes.Megabytes(200), IsHeapLimitEnforced = true },
        };
        _last = Zones.Next(_last, snapshot, _settings);
        return snapshot.Judged(_last);
    }
}
