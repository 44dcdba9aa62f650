namespace MemoryWatch.Tests.Judge.Forecast;

public sealed class ClimbTests
{
    private readonly ForecastBench _bench = new();

    [Fact]
    public void A_climb_is_told_after_a_few_seconds_with_the_time_that_is_left()
    {
        _bench.Used = t => 300 + (10 * Math.Max(0, t - 20));
        _bench.RunTo(22).Should().BeNull();

        var time = _bench.RunTo(26)!;

        time.Source.Should().Be(LimitSource.Container);
        time.Soonest.TotalSeconds.Should().BeApproximately(15.2, 0.1);
        time.Latest!.Value.TotalSeconds.Should().BeInRange(15.2, 25);
    }

    [Fact]
    public void Uneven_steps_widen_the_interval()
    {
        _bench.Used = t => 300 + (30 * Math.Floor(t / 3)) + (t % 7);

        var time = _bench.RunTo(14)!;

        (time.Soonest < time.Latest).Should().BeTrue();
        ((512 - _bench.Used(14)) / 10.3).Should().BeInRange(time.Soonest.TotalSeconds, time.Latest!.Value.TotalSeconds);
    }

    [Fact]
    public void One_jump_is_no_climb()
    {
        _bench.Used = t => t < 20 ? 100 : 410;

        _bench.ClaimsTo(60).Should().Be(0);
    }

    [Fact]
    public void Below_half_of_the_limit_it_may_be_a_start()
    {
        _bench.Used = t => 50 + (10 * t);

        _bench.ClaimsTo(20).Should().Be(0);
        _bench.RunTo(23).Should().NotBeNull();
    }

    [Fact]
    public void Where_memory_has_been_before_it_came_back_from()
    {
        _bench.Used = t => 280 + (150 * (t % 40) / 40);
        _bench.RunTo(120);

        _bench.ClaimsTo(1200).Should().Be(0);
    }

    [Fact]
    public void A_climb_that_has_ended_is_over()
    {
        _bench.Used = t => 300 + (10 * Math.Min(t, 10));
        _bench.RunTo(10).Should().NotBeNull();

        _bench.RunTo(14).Should().BeNull();
    }

    [Fact]
    public void At_the_limit_there_is_nothing_left_to_foretell()
    {
        _bench.Used = t => 452 + (10 * t);

        _bench.RunTo(5).Should().NotBeNull();
        _bench.RunTo(6).Should().BeNull();
    }

    [Fact]
    public void The_heap_climbs_toward_its_own_limit()
    {
        _bench.Heap = t => 110 + (5 * t);
        _bench.HeapLimit = 200;

        _bench.RunTo(10)!.Source.Should().Be(LimitSource.GCHeap);
    }

    [Fact]
    public void The_pace_of_the_watch_needs_no_significance()
    {
        _bench.Used = t => 100 + (100 * Math.Max(0, t - 1));
        _bench.RunTo(2);

        _bench.SecondsAtPace.Should().BeApproximately(3.12, 0.01);
        _bench.Used = _ => 100;
        _bench.RunTo(4);
        _bench.SecondsAtPace.Should().Be(double.PositiveInfinity);
    }
}
