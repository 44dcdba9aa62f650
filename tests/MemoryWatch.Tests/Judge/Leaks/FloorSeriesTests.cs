using MemoryWatch.Judge;

namespace MemoryWatch.Tests.Judge.Leaks;

public sealed class FloorSeriesTests
{
    private readonly FloorSeries _series = new(loads: 1, means: 1);

    [Fact]
    public void Each_span_keeps_its_lowest_reading_and_the_load_at_that_moment()
    {
        Add(0, 50, 1);
        Add(3, 40, 2);
        Add(7, 60, 3);
        Add(10, 70, 4);

        _series.Count.Should().Be(1);
        (_series.Floors[0], _series.Seconds[0], _series.Load(0, 0)).Should().Be((40, 3, 2));
    }

    [Fact]
    public void However_long_it_is_half_of_the_floors_cover_the_whole_time()
    {
        for (var i = 0; i < 100_000; i++)
        {
            Add(i, i);
        }

        _series.Count.Should().BeInRange(FloorSeries.Capacity / 2 - 1, FloorSeries.Capacity);
        _series.Seconds[0].Should().Be(0);
        _series.Seconds[^1].Should().BeGreaterThan(90_000);
        _series.Floors.ToArray().Should().BeInAscendingOrder();
    }

    [Fact]
    public void The_means_of_a_span_are_those_of_all_its_readings_however_often_spans_were_merged()
    {
        for (var i = 0; i < 100_000; i++)
        {
            Add(i, i, 2 * i);
        }

        var width = _series.MeanSeconds[1] - _series.MeanSeconds[0];
        _series.MeanSeconds[0].Should().BeApproximately((width - 1) / 2, 1e-6);
        _series.Means[0].Should().BeApproximately((width - 1) / 2, 1e-6);
        _series.MeanLoad(3, 0).Should().BeApproximately(2 * _series.Means[3], 1e-6);
    }

    [Fact]
    public void Gaps_take_no_floors()
    {
        for (var i = 0; i < 20; i++)
        {
            Add(i * 86_400, i);
        }

        _series.Floors.ToArray().Should().Equal(Enumerable.Range(0, 19).Select(i => (double)i));
    }

    [Fact]
    public void A_reading_that_is_no_number_is_left_out_and_one_from_the_past_counts_as_taken_now()
    {
        Add(0, 10);
        Add(double.NaN, 1);
        Add(1, double.NaN);
        Add(1, double.PositiveInfinity);
        Add(-1000, 5);
        Add(20, 10);

        (_series.Count, _series.Floors[0], _series.Readings, _series.Length).Should().Be((1, 5, 3, 20));
    }

    private void Add(double seconds, double bytes, double load = 0) => _series.Add(seconds, bytes, [load]);
}
