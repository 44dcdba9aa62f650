using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Judge;

/// <summary>The first climb of a process is its start, unless it is more than that.</summary>
public sealed class StartTests
{
    private readonly SpikeBench _young = SpikeBench.Young;

    [Fact]
    public void It_is_told_once_when_it_has_ended_with_what_it_took_and_when()
    {
        _young.Ramp(20, 90, seconds: 7).Stay(90, seconds: 600);

        var start = _young.Told.Should().ContainSingle().Which.Should().BeOfType<StartAlert>().Subject;
        (start.UsedBytes, start.Age, start.Severity).Should().Be((Bytes.Megabytes(90), TimeSpan.FromSeconds(9), AlertSeverity.Information));
        start.Describe().Should().EndWith("started: 90.0 MB after 9.0 s");
    }

    [Fact]
    public void One_that_climbs_less_than_the_threshold_is_told_too()
    {
        _young.Ramp(20, 49, seconds: 6).Stay(49, seconds: 60);

        _young.Kinds.Should().Equal("start");
    }

    [Fact]
    public void A_watch_that_is_switched_on_in_an_old_process_has_no_start_to_report()
    {
        var old = new SpikeBench(TimeSpan.FromMinutes(5));
        old.Stay(90, seconds: 60).Kinds.Should().BeEmpty();

        old.Show(150);
        old.Kinds.Should().Equal("spike");
    }

    [Fact]
    public void Nor_has_one_that_was_enabled_late_or_does_not_know_the_age()
    {
        var late = new SpikeBench(TimeSpan.FromSeconds(2));
        late.Wait(120);
        late.Ramp(20, 90, seconds: 7).Stay(90, seconds: 60).Kinds.Should().Equal("spike");
        new SpikeBench().Ramp(20, 90, seconds: 7).Stay(90, seconds: 60).Kinds.Should().Equal("spike");
    }

    [Fact]
    public void One_that_goes_on_to_elevated_is_a_spike_at_that_moment()
    {
        _young.Elevated = 100;
        _young.Ramp(20, 99, seconds: 7).Kinds.Should().BeEmpty();

        _young.Show(101).Should().BeOfType<SpikeAlert>().Which.IncreaseBytes.Should().Be(Bytes.Megabytes(81));
        _young.Stay(101, seconds: 600).Kinds.Should().Equal("spike");
    }

    [Fact]
    public void On_a_machine_that_was_short_of_memory_before_it_is_a_start()
    {
        (_young.Zone, _young.Source) = (MemoryZone.Elevated, LimitSource.Machine);
        _young.Ramp(20, 90, seconds: 7).Stay(90, seconds: 60).Kinds.Should().Equal("start");

        var worse = SpikeBench.Young;
        (worse.Zone, worse.Source) = (MemoryZone.Elevated, LimitSource.Machine);
        worse.Ramp(20, 90, seconds: 7);
        worse.Zone = MemoryZone.Critical;
        worse.Stay(90, seconds: 60).Kinds.Should().Equal("spike");
    }

    [Fact]
    public void One_that_climbs_by_more_than_three_thresholds_is_a_spike()
    {
        _young.Show(20);
        _young.Show(170).Should().BeNull();

        _young.Show(171).Should().BeOfType<SpikeAlert>();
        _young.Stay(171, seconds: 600).Kinds.Should().Equal("spike");
    }

    [Fact]
    public void One_that_a_single_operation_allocated_is_its_spike()
    {
        _young.Show(20);
        _young.LargestOperation = 39;
        _young.Show(100).Should().BeNull();
        _young.LargestOperation = 40;

        _young.Show(100).Should().BeOfType<SpikeAlert>().Which.IncreaseBytes.Should().Be(Bytes.Megabytes(80));
    }

    [Fact]
    public void An_operation_that_allocated_much_makes_no_spike_of_a_small_climb()
    {
        _young.LargestOperation = 500;

        _young.Ramp(20, 60, seconds: 5).Stay(60, seconds: 60).Kinds.Should().Equal("start");
    }

    [Fact]
    public void One_that_still_climbs_after_a_minute_is_a_spike_if_it_is_fast()
    {
        _young.Ramp(20, 20 + (2 * 61), seconds: 61).Kinds.Should().BeEmpty();

        _young.Ramp(142, 160, seconds: 9).Stay(160, seconds: 60).Kinds.Should().Equal("spike");
    }

    [Fact]
    public void One_that_climbs_slowly_for_minutes_is_told_as_far_as_it_came_in_one()
    {
        _young.Ramp(20, 140, seconds: 240);

        _young.Told.Should().ContainSingle().Which.Should().BeOfType<StartAlert>()
            .Which.Age.Should().BeCloseTo(TimeSpan.FromSeconds(62), TimeSpan.FromSeconds(12));
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(60)]
    public void It_is_no_spike_however_far_apart_the_readings_are(double interval)
    {
        _young.Interval = interval;

        _young.Ramp(20, 90, seconds: 7).Stay(90, seconds: 3600).Kinds.Should().Equal("start");
    }

    [Theory]
    [InlineData(5)]
    [InlineData(600)]
    public void It_is_no_spike_however_long_the_window_is(int window)
    {
        _young.Settings = _young.Settings with { SpikeWindow = TimeSpan.FromSeconds(window) };

        _young.Ramp(20, 90, seconds: 7).Stay(90, seconds: 3600).Kinds.Should().Equal("start");
    }

    [Fact]
    public void What_comes_after_it_is_judged_as_ever()
    {
        _young.Ramp(20, 90, seconds: 7).Stay(90, seconds: 20);

        _young.Show(150).Should().BeOfType<SpikeAlert>().Which.IncreaseBytes.Should().Be(Bytes.Megabytes(60));
    }

    [Fact]
    public void A_swing_up_to_where_it_came_is_no_spike()
    {
        _young.Ramp(20, 120, seconds: 7).Stay(60, seconds: 20);

        _young.Sawtooth(60, 125, period: 20, seconds: 3600).Kinds.Should().Equal("start", "swing");
    }

    [Fact]
    public void A_machine_that_slept_through_it_is_told_when_it_wakes()
    {
        _young.Ramp(20, 90, seconds: 7);
        _young.Wait(7 * 3600);

        _young.Show(80).Should().BeOfType<StartAlert>().Which.Age.Should().Be(TimeSpan.FromSeconds(8));
    }
}
