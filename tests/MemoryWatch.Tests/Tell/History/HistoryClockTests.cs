using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Tell.History;

/// <summary>The time of day may jump, and the machine may sleep: the points stay in order, and the last one is now.</summary>
public sealed class HistoryClockTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly HistoryBench _bench = new();

    [Fact]
    public void A_clock_that_is_set_back_takes_what_was_read_before_back_with_it()
    {
        _bench.Ticks(300, i => 100 + i);

        _bench.SetClock(-Hour);
        _bench.Ticks(60, i => 400 + i);

        var points = InOrder(10);
        points.Should().HaveCountGreaterThan(355);
        points[^1].UsedMaxBytes.Should().Be(Bytes.Megabytes(459));
        points[0].UsedMaxBytes.Should().Be(Bytes.Megabytes(100), "nothing is lost");
        (_bench.Now - points[0].Time).Should().BeCloseTo(TimeSpan.FromSeconds(360), TimeSpan.FromSeconds(2));
        InOrder(120).Should().OnlyContain(point => point.Time <= _bench.Now);
    }

    [Fact]
    public void A_clock_that_is_set_forward_and_a_machine_that_slept_leave_a_gap()
    {
        _bench.Ticks(60);

        _bench.SetClock(Hour);
        _bench.Ticks(60);

        var points = InOrder(120);
        points.Where(point => point.FollowsGap).Should().ContainSingle();
        (points[^1].Time - points[0].Time).Should().BeCloseTo(Hour + TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(20));
        InOrder(10).Should().HaveCount(60);
    }

    [Fact]
    public void A_clock_that_is_set_back_to_where_it_was_moves_only_what_was_read_in_between()
    {
        _bench.Ticks(60, _ => 100);
        var before = _bench.Now;
        _bench.SetClock(24 * Hour);
        _bench.Ticks(60, _ => 200);

        _bench.SetClock(-24 * Hour);
        _bench.Ticks(60, _ => 300);

        var points = InOrder(10);
        points.Should().HaveCountGreaterThan(177);
        points.Where(point => point.Time <= before).Should().OnlyContain(point => point.UsedMaxBytes == Bytes.Megabytes(100))
            .And.HaveCount(60, "they were read by the right clock");
    }

    [Fact]
    public void A_clock_that_is_set_back_a_little_further_than_it_was_set_forward_keeps_the_order()
    {
        _bench.Ticks(60, _ => 100);
        _bench.SetClock(Hour);
        _bench.Ticks(60, _ => 200);

        _bench.SetClock(-Hour - TimeSpan.FromSeconds(30));
        _bench.Ticks(60, _ => 300);

        var points = InOrder(10);
        points[^1].UsedMaxBytes.Should().Be(Bytes.Megabytes(300));
        points[^1].Time.Should().Be(_bench.Now);
        points.Should().HaveCountGreaterThan(170);
    }

    [Fact]
    public void Marks_and_operations_move_with_the_points()
    {
        _bench.Tick();
        _bench.Tracker.Start("Download", default).Dispose();
        _bench.Tick(300, 1, null, new SpikeAlert(1 << 20, Hour, 1));

        _bench.SetClock(-Hour);
        _bench.Ticks(30);

        var history = _bench.ReadMinutes(10);
        history.Marks.Should().HaveCount(2).And.OnlyContain(mark => mark.Time <= _bench.Now);
        history.Operations.Should().ContainSingle().Which.End.Should().BeBefore(_bench.Now);
    }

    [Fact]
    public void A_clock_that_stood_at_1970_or_jumps_over_decades_can_be_read()
    {
        foreach (var years in new[] { -56, 60, 50, -100 })
        {
            _bench.SetClock(TimeSpan.FromDays(years * 365.25));
            _bench.Ticks(20);

            InOrder(10).Should().NotBeEmpty();
            InOrder(7 * 24 * 60).Should().NotBeEmpty();
        }
    }

    [Fact]
    public void A_clock_at_an_absurd_time_has_no_seconds_and_throws_nothing()
    {
        foreach (var years in new[] { 900, -2000, 5000 })
        {
            _bench.SetClock(TimeSpan.FromDays(years * 365.25));
            _bench.Ticks(20);

            InOrder(10).Should().BeEmpty();
            InOrder(7 * 24 * 60).Should().NotBeEmpty();
        }
    }

    private IReadOnlyList<MemoryHistoryPoint> InOrder(double minutes)
    {
        var points = _bench.ReadMinutes(minutes).Points;
        points.Select(point => point.Time).Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
        return points;
    }
}
