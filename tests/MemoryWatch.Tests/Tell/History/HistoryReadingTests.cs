using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Tell.History;

/// <summary>The points of the history: what they hold, how far they go back, and at which resolution.</summary>
public sealed class HistoryReadingTests
{
    [Fact]
    public void Before_the_first_tick_and_for_no_window_the_history_is_empty()
    {
        var bench = new HistoryBench();
        bench.ReadMinutes(10).Should().BeSameAs(MemoryHistory.Empty);

        bench.Tick();

        bench.Read(TimeSpan.Zero).Points.Should().BeEmpty();
        bench.Read(TimeSpan.MinValue).Points.Should().BeEmpty();
        bench.ReadMinutes(10).Points.Should().ContainSingle();
    }

    [Theory]
    [InlineData(10, 1)]
    [InlineData(10.1, 10)]
    [InlineData(120, 10)]
    [InlineData(24 * 60, 120)]
    [InlineData(7 * 24 * 60, 600)]
    [InlineData(30 * 24 * 60, 600)]
    public void A_window_has_the_finest_resolution_that_covers_it(double minutes, double seconds)
    {
        var bench = new HistoryBench();
        bench.Tick();

        bench.ReadMinutes(minutes).Resolution.Should().Be(TimeSpan.FromSeconds(seconds));
        bench.ReadMinutes(minutes).Window.Should().Be(TimeSpan.FromMinutes(Math.Min(minutes, 7 * 24 * 60)));
    }

    [Fact]
    public void After_eight_days_each_window_is_full_and_ends_now()
    {
        var bench = new HistoryBench { Keeper = { Interval = TimeSpan.FromSeconds(10) } };
        bench.Ticks(8 * 24 * 360, i => 100 + i % 50, seconds: 10);
        bench.Ticks(660, i => 100 + i % 50);

        Points(10).Should().Be((600, 1));
        Points(120).Should().Be((720, 10));
        Points(24 * 60).Should().Be((720, 120));
        Points(7 * 24 * 60).Should().Be((1008, 600));

        (int Count, double Apart) Points(double minutes)
        {
            var history = bench.ReadMinutes(minutes);
            var points = history.Points;
            points.Should().OnlyContain(point => !point.FollowsGap);
            (history.Time - points[^1].Time).Should().BeLessThan(history.Resolution);
            var apart = points.Zip(points.Skip(1), (a, b) => b.Time - a.Time).Distinct().ToList();
            points.Skip(1).SkipLast(1).Should().OnlyContain(point => point.UsedMaxBytes - point.UsedMinBytes >= (minutes > 120 ? Bytes.Megabytes(9) : 0));
            return (points.Count, apart.Should().ContainSingle().Subject.TotalSeconds);
        }
    }

    [Fact]
    public void A_point_has_the_lowest_and_the_highest_and_the_parts_of_the_highest()
    {
        var bench = new HistoryBench();
        bench.Tick(Snapshot(used: 200, live: 60));
        bench.Tick(Snapshot(used: 300, live: 150, heap: 180));
        bench.Tick(Snapshot(used: 100, live: 90, heap: 240));

        var point = bench.ReadMinutes(10).Points.Should().ContainSingle().Subject;

        (point.UsedMinBytes, point.UsedMaxBytes).Should().Be((Bytes.Megabytes(100), Bytes.Megabytes(300)));
        (point.ManagedLiveBytes, point.ManagedOverheadBytes, point.NativeBytes).Should().Be((Bytes.Megabytes(150), Bytes.Megabytes(50), Bytes.Megabytes(50)));
        (point.SharedBytes, point.FileBackedBytes, point.RestOfContainerBytes).Should().Be((Bytes.Megabytes(5), Bytes.Megabytes(30), Bytes.Megabytes(45)));
        point.HeapMaxBytes.Should().Be(Bytes.Megabytes(240));
        point.ResidentMaxBytes.Should().Be(Bytes.Megabytes(290), "a peak between two readings counts");
        point.Time.Should().Be(bench.Now);

        static MemorySnapshot Snapshot(double used, double live, double heap = 0) => SnapshotOf.Usage(used).With(
            process: new()
            {
                ResidentBytes = Bytes.Megabytes(285), AnonymousBytes = Bytes.Megabytes(250), SharedBytes = Bytes.Megabytes(5),
                FileBackedBytes = Bytes.Megabytes(30),
            },
            peak: Bytes.Megabytes(290),
            managed: new() { LiveBytes = Bytes.Megabytes(live), CommittedBytes = Bytes.Megabytes(200), HeapBytes = Bytes.Megabytes(heap) },
            container: new() { UsedBytes = Bytes.Megabytes(used) });
    }

    [Fact]
    public void What_no_reading_knew_is_unknown_and_never_zero()
    {
        var bench = new HistoryBench(new MetricDefinition("Sessions"));
        bench.Tick(used: null);

        var point = bench.ReadMinutes(10).Points[^1];

        (point.UsedMinBytes, point.UsedMaxBytes, point.NativeBytes, point.HeapMaxBytes, point.RestOfContainerBytes).Should().Be((null, null, null, null, null));
        point.Metrics.Should().Equal((long?)null);

        bench.Tick(used: 0, seconds: 0);
        bench.Tick(used: null, seconds: 0);
        bench.ReadMinutes(10).Points[^1].UsedMinBytes.Should().Be(0, "a later reading that failed takes nothing away");
    }

    [Fact]
    public void The_first_sixteen_metrics_have_their_highest_value()
    {
        var definitions = Enumerable.Range(1, 20).Select(i => new MetricDefinition($"Queue {i}")).ToArray();
        var bench = new HistoryBench(definitions);
        bench.Tick(metrics: Values(3, 4L << 30));
        bench.Tick(seconds: 0, metrics: Values(16_777_216, null));
        bench.Tick(seconds: 0, metrics: Values(-5, 1));

        var history = bench.ReadMinutes(10);

        history.Metrics.Should().Equal(definitions.Take(16));
        history.Points.Should().ContainSingle().Which.Metrics.Should().HaveCount(16).And.StartWith([16_777_216L, 4L << 30, 7L]);

        MetricValues Values(long? first, long? second) => new(definitions, [first, second, .. Enumerable.Repeat<long?>(7, 18)]);
    }

    [Fact]
    public void A_negative_metric_keeps_its_sign()
    {
        var definition = new MetricDefinition("Balance");
        var bench = new HistoryBench(definition);
        bench.Tick(metrics: new(new MetricValue(definition, -7)));

        bench.ReadMinutes(10).Points[^1].Metrics.Should().Equal(-7L);
    }

    [Theory]
    [InlineData(0.1, 600, 60)]
    [InlineData(1, 600, 60)]
    [InlineData(60, 10, 10)]
    [InlineData(300, 2, 2)]
    public void Whatever_the_interval_there_is_a_point_for_each_stretch_with_a_reading_and_no_gap(double seconds, int fine, int coarser)
    {
        var bench = new HistoryBench { Keeper = { Interval = TimeSpan.FromSeconds(seconds) } };
        bench.Ticks((int)(3600 / seconds), seconds: seconds);

        bench.ReadMinutes(10).Points.Should().HaveCount(fine).And.OnlyContain(point => !point.FollowsGap);
        bench.ReadMinutes(120).Points.Where(point => point.Time > bench.Now.AddMinutes(-10)).Should().HaveCount(coarser)
            .And.OnlyContain(point => !point.FollowsGap);
    }

    [Fact]
    public void While_nothing_is_read_there_is_no_point_and_the_next_one_follows_a_gap()
    {
        var bench = new HistoryBench();
        bench.Ticks(60);
        bench.Tick(seconds: 120);
        bench.Ticks(10);

        var points = bench.ReadMinutes(10).Points;

        points.Should().HaveCount(71);
        points.Where(point => point.FollowsGap).Should().ContainSingle().Which.Should().BeSameAs(points[60]);
        bench.ReadMinutes(24 * 60).Points.Should().OnlyContain(point => !point.FollowsGap, "two minutes are one point there");
    }

    [Fact]
    public void Sizes_beyond_what_a_row_can_hold_are_as_large_as_it_can_hold()
    {
        var bench = new HistoryBench();
        bench.Tick(used: 1L << 40);

        bench.ReadMinutes(10).Points[^1].UsedMaxBytes.Should().Be((long)int.MaxValue << 10);
    }
}
