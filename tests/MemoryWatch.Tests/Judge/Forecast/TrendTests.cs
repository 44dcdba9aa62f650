using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Judge.Forecast;

public sealed class TrendTests
{
    private const double Hour = 3600;
    private const double Day = 24 * Hour;

    private readonly ForecastBench _bench = new();

    [Theory]
    [InlineData(12.4, 400, 4)]
    [InlineData(60, 200, 3)]
    [InlineData(1800, 100, 0.1)]
    [InlineData(0.5, 480, 30)]
    public void Steady_growth_with_noise_is_told_with_an_interval_around_the_truth(double megabytesPerHour, double from, double hours)
    {
        var random = new Random(3);
        _bench.Used = t => from + (megabytesPerHour * t / Hour) + (4 * random.NextDouble());

        var time = _bench.RunTo(hours * Hour, step: Math.Max(1, hours))!;

        time.Should().NotBeNull();
        var left = (512 - _bench.Used(_bench.Seconds)) / megabytesPerHour * Hour;
        time.Source.Should().Be(LimitSource.Container);
        time.Soonest.TotalSeconds.Should().BeInRange(left * 0.6, left * 1.05);
        time.Latest!.Value.TotalSeconds.Should().BeInRange(left * 0.95, left * 1.8);
        (time.BytesPerSecond.Value / 1048576 * Hour).Should().BeApproximately(megabytesPerHour, megabytesPerHour * 0.2);
    }

    [Fact]
    public void Nothing_is_claimed_in_the_first_four_minutes()
    {
        _bench.Used = t => 100 + (t / 2);

        _bench.ClaimsTo(240).Should().Be(0);
        _bench.RunTo(330).Should().NotBeNull();
    }

    [Fact]
    public void Growth_is_not_extrapolated_to_more_than_ten_times_what_was_seen()
    {
        _bench.Used = t => 100 + (12.4 * t / Hour);

        _bench.ClaimsTo(3 * Hour, step: 5).Should().Be(0, "the limit is 33 hours away");
        _bench.RunTo(5 * Hour, step: 5).Should().NotBeNull();
    }

    [Theory]
    [InlineData(20, 60)]
    [InlineData(90, 120)]
    [InlineData(600, 150)]
    [InlineData(3000, 200)]
    public void A_sawtooth_of_the_GC_is_no_trend(double period, double height)
    {
        _bench.CollectedEvery = period;
        _bench.Used = t => 100 + (height * (t % period) / period);
        _bench.Heap = t => 40 + (height * (t % period) / period);
        _bench.HeapLimit = 384;

        _bench.ClaimsTo(12 * Hour, step: 5).Should().Be(0);
    }

    [Fact]
    public void A_heap_that_was_never_collected_may_be_garbage_and_is_no_trend()
    {
        _bench.CollectedEvery = 0;
        _bench.Used = t => 100 + (t / 60);
        _bench.Heap = t => 40 + (t / 60);
        _bench.HeapLimit = 384;

        _bench.ClaimsTo(4 * Hour, step: 5).Should().Be(0);
    }

    [Fact]
    public void Collections_that_become_rarer_as_the_heap_grows_show_what_stays()
    {
        // Each heap about four times as large as the one before, as where only large objects are kept.
        var collected = new[] { 0d, 8, 25, 120, 560 };
        _bench.Used = t => 90 + (t / 2);
        _bench.Heap = t => 20 + (t / 2);
        _bench.Collections = t => collected.Count(at => at <= t);
        _bench.Live = t => _bench.Heap(collected.Last(at => at <= t));

        _bench.RunTo(330).Should().NotBeNull();
    }

    [Fact]
    public void Growth_of_which_collections_took_most_back_is_no_trend()
    {
        _bench.Used = t => 90 + (t / 20);
        _bench.Heap = t => 20 + (t / 20);
        _bench.Collections = t => (int)(t / 60);
        _bench.Live = t => 20 + (t / 100);

        _bench.ClaimsTo(2 * Hour, step: 5).Should().Be(0);
    }

    [Fact]
    public void Growth_outside_of_the_heap_needs_no_collection()
    {
        _bench.CollectedEvery = 0;
        _bench.Used = t => 100 + (t / 60);

        _bench.RunTo(2 * Hour, step: 5).Should().NotBeNull();
    }

    [Fact]
    public void A_step_and_a_cache_that_fills_are_no_trend_once_they_are_over()
    {
        foreach (var used in (Func<double, double>[])
            [
                t => t < 2 * Hour ? 100 : 250,
                t => t < 1 * Hour ? 100 : t < 5 * Hour ? 180 : 260,
                t => 100 + (150 * (1 - Math.Exp(-t / 200))),
                t => 100 + Math.Min(150, t / 10),
            ])
        {
            var bench = new ForecastBench { Used = used };
            bench.RunTo(2 * Hour, step: 5);

            bench.ClaimsTo(30 * Hour, step: 10).Should().Be(0);
        }
    }

    [Fact]
    public void A_day_like_the_one_before_is_no_trend()
    {
        _bench.Used = t => 200 - (80 * Math.Cos(2 * Math.PI * t / Day));
        _bench.RunTo(Day, step: 10);

        _bench.ClaimsTo(5 * Day, step: 10).Should().Be(0);
    }

    [Fact]
    public void A_random_walk_is_hardly_ever_a_trend()
    {
        var claims = 0;
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            var level = 250d;
            var bench = new ForecastBench { Used = _ => level = Math.Clamp(level + ((random.NextDouble() - 0.5) * 2), 60, 480) };
            claims += bench.ClaimsTo(8 * Hour, step: 10);
        }

        (claims / (20d * 8 * Hour / 10)).Should().BeLessThan(0.05);
    }

    [Fact]
    public void A_leak_that_begins_late_is_seen_soon()
    {
        _bench.Used = t => 150 + (Math.Max(0, t - Day) * 40 / Hour);
        _bench.ClaimsTo(Day, step: 10).Should().Be(0);
        double? first = null;

        _bench.RunTo(Day + (4 * Hour), step: 10, (at, time) => first ??= time is null ? null : at - Day);

        first.Should().BeInRange(0.3 * Hour, 2 * Hour, "the limit is nine hours away, so most of an hour must be seen and be most of a window");
    }

    [Fact]
    public void Growth_that_has_ended_is_silent_again()
    {
        _bench.Used = t => 100 + (40 * Math.Min(t, 3 * Hour) / Hour);
        _bench.RunTo(3 * Hour, step: 5).Should().NotBeNull();

        _bench.RunTo(6 * Hour, step: 5).Should().BeNull();
    }

    [Fact]
    public void The_nearer_limit_is_told()
    {
        _bench.Used = t => 100 + (40 * t / Hour);
        _bench.Heap = t => 40 + (40 * t / Hour);
        _bench.HeapLimit = 240;

        _bench.RunTo(2 * Hour, step: 5)!.Source.Should().Be(LimitSource.GCHeap);
    }

    [Fact]
    public void A_limit_that_is_months_away_is_not_told()
    {
        _bench.Limit = 64 * 1024;
        _bench.Used = t => 100 + (40 * t / Hour);

        _bench.ClaimsTo(10 * Day, step: 60).Should().Be(0);
    }

    [Fact]
    public void Another_way_to_count_is_another_memory()
    {
        _bench.Used = t => 100 + (100 * t / Hour);
        _bench.RunTo(2 * Hour, step: 5).Should().NotBeNull();
        _bench.Source = LimitSource.Setting;

        _bench.RunTo((2 * Hour) + 5, step: 5).Should().BeNull();
    }

    [Fact]
    public void File_cache_that_may_be_included_leads_to_no_limit()
    {
        _bench.Precision = UsagePrecision.AtMost;
        _bench.Used = t => 100 + (100 * t / Hour);

        _bench.ClaimsTo(3 * Hour, step: 5).Should().Be(0);
    }

    [Fact]
    public void Time_without_readings_is_no_growth_and_no_end_of_it()
    {
        _bench.Used = t => 100 + (40 * t / Hour);
        _bench.RunTo(2 * Hour, step: 5).Should().NotBeNull();

        _bench.RunTo(2.5 * Hour, step: Hour / 2);
        var time = _bench.RunTo(3 * Hour, step: 5)!;

        (time.BytesPerSecond.Value / 1048576 * Hour).Should().BeApproximately(40, 4);
    }

    [Fact]
    public void Usage_that_cannot_be_read_is_no_claim() =>
        new MemoryWatch.Judge.LimitForecast(TimeProvider.System).Next(MemorySnapshot.Empty).Should().BeNull();

    [Fact]
    public void While_nothing_grows_a_reading_allocates_nothing()
    {
        var snapshots = SnapshotOf.Usage(100);
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var forecast = new MemoryWatch.Judge.LimitForecast(time);

        SpinWait.SpinUntil(Allocates(0), TimeSpan.FromSeconds(20)).Should().BeTrue();

        Func<bool> Allocates(long bytes) => () =>
        {
            var sum = 0L;
            for (var i = 0; i < 1000; i++)
            {
                time.Advance(TimeSpan.FromSeconds(1));
                var before = GC.GetAllocatedBytesForCurrentThread();
                forecast.Next(snapshots);
                sum += GC.GetAllocatedBytesForCurrentThread() - before;
            }

            return sum == bytes;
        };
    }
}
