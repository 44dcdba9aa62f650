using MemoryWatch.Judge;

namespace MemoryWatch.Tests.Judge.Findings;

public sealed class TrendKeeperTests
{
    private readonly TrendKeeper _keeper = new(new("Queue"));
    private int _second;

    [Fact]
    public void A_metric_that_was_never_read_has_no_trend() => _keeper.At(TimeSpan.Zero).Should().BeNull();

    [Fact]
    public void A_rise_begins_when_the_value_first_moves()
    {
        var trend = Keep(0, 0, 0, 1, 2, 2, 3);

        (trend.RiseFrom, trend.Steps, trend.Rise, trend.Value, trend.HasFallen).Should().Be((0, 3, TimeSpan.FromSeconds(4), 3, false));
        trend.Level.Should().Be(TimeSpan.Zero);
    }

    [Fact]
    public void One_that_is_done_meanwhile_does_not_end_a_rise() => Keep(0, 3, 6, 9, 8, 10).Steps.Should().Be(4);

    [Fact]
    public void A_fall_by_more_than_a_quarter_does()
    {
        var trend = Keep(0, 4, 8, 3, 4);

        (trend.RiseFrom, trend.Steps, trend.HasFallen, trend.Lowest, trend.Highest).Should().Be((3, 1, true, 0, 8));
    }

    [Fact]
    public void A_level_lasts_since_the_value_changed_and_what_cannot_be_read_changes_nothing() =>
        Keep(1, 3, 3, null, 3).Level.Should().Be(TimeSpan.FromSeconds(3));

    private MetricTrend Keep(params long?[] values)
    {
        foreach (var value in values)
        {
            _keeper.Keep(value, TimeSpan.FromSeconds(_second++));
        }

        return _keeper.At(TimeSpan.FromSeconds(_second - 1))!.Value;
    }
}
