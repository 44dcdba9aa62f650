using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Judge;

/// <summary>What GCs take back is reported once and then known; what is higher than before, or not healthy, is not.</summary>
public sealed class SwingTests
{
    private const double Hours = 3600;

    private readonly SpikeBench _bench = new();

    [Theory]
    [InlineData(0.1, 20)]
    [InlineData(1, 20)]
    [InlineData(1, 55)]
    [InlineData(10, 40)]
    [InlineData(60, 2000)]
    public void A_sawtooth_is_a_spike_then_a_swing_and_then_known(double interval, double period)
    {
        _bench.Interval = interval;

        // With a period that is no multiple of the interval, so that tops differ.
        _bench.Sawtooth(60, 140, period, seconds: interval < 1 ? 600 : 5 * Hours);

        _bench.Count("spike").Should().BeLessThanOrEqualTo(1);
        _bench.Count("swing").Should().BeLessThanOrEqualTo(1);
        if (period < 60)
        {
            _bench.Kinds.Should().Equal("spike", "swing");
            _bench.Told[1].Describe().Should().MatchRegex(@"swings by \d+\.\d MB between collections$");
        }
    }

    [Fact]
    public void What_is_freed_without_a_collection_is_not_said_to_be_collected()
    {
        _bench.Run(600, at => at % 20 < 10 ? 60 : 140);

        _bench.Kinds.Should().Equal("spike", "swing");
        _bench.Told[1].Describe().Should().EndWith("swings by 80.0 MB and is freed without a collection");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Noise_is_at_most_one_spike(int seed)
    {
        var random = new Random(seed);

        _bench.Run(5 * Hours, _ => 60 + (60 * random.NextDouble()));

        _bench.Count("spike").Should().BeLessThanOrEqualTo(1);
        _bench.Count("swing").Should().BeLessThanOrEqualTo(2);
    }

    [Fact]
    public void It_is_still_known_after_hours_of_quiet()
    {
        _bench.Sawtooth(60, 140, period: 20, seconds: 600).Stay(60, 8 * Hours).Sawtooth(60, 140, period: 20, seconds: 600);

        _bench.Kinds.Should().Equal("spike", "swing");
    }

    [Fact]
    public void One_that_becomes_larger_by_a_quarter_is_told_again()
    {
        _bench.Sawtooth(80, 160, period: 20, seconds: 600).Sawtooth(60, 160, period: 20, seconds: 600).Kinds.Should().Equal("spike", "swing");

        _bench.Sawtooth(50, 165, period: 20, seconds: 600);
        _bench.Kinds.Should().Equal("spike", "swing", "swing");
    }

    [Fact]
    public void One_that_becomes_much_higher_is_a_spike()
    {
        _bench.Sawtooth(60, 140, period: 20, seconds: 600);

        _bench.Sawtooth(60, 200, period: 20, seconds: 20);

        _bench.Kinds.Should().Equal("spike", "swing", "spike");
    }

    [Fact]
    public void A_known_one_that_reaches_elevated_is_a_spike()
    {
        _bench.Sawtooth(60, 140, period: 20, seconds: 600).Stay(60, seconds: 60);
        _bench.Elevated = 130;

        _bench.Sawtooth(60, 140, period: 20, seconds: 20);

        _bench.Kinds.Should().Equal("spike", "swing", "spike");
    }

    [Fact]
    public void In_a_zone_that_is_not_healthy_each_is_a_spike_at_most_one_in_a_window()
    {
        _bench.Zone = MemoryZone.Elevated;

        _bench.Sawtooth(360, 440, period: 90, seconds: 900);

        _bench.Kinds.Should().HaveCount(10).And.OnlyContain(kind => kind == "spike");
        _bench.Told.Clear();
        _bench.Sawtooth(360, 440, period: 20, seconds: 600);
        _bench.Kinds.Should().HaveCountLessThanOrEqualTo(10).And.OnlyContain(kind => kind == "spike");
    }

    [Fact]
    public void A_long_job_that_comes_again_is_told_once_although_it_stays_for_minutes()
    {
        _bench.Run(6 * Hours, at => at % 600 < 300 ? 60 : 140);

        _bench.Kinds.Should().Equal("spike", "swing");
    }

    [Fact]
    public void A_leak_beneath_it_is_told_as_it_reaches_new_heights()
    {
        var before = 0L;
        _bench.Run(10 * Hours, at =>
        {
            var tooth = (long)(at / 20);
            _bench.Collections += (int)(tooth - before);
            before = tooth;
            return 60 + (10 * at / Hours) + (80 * (at % 20) / 20);
        });

        _bench.Count("spike").Should().BeInRange(4, 6, "it leaks 100 MB, and each 25 MB of it are a new high");
    }

    [Fact]
    public void Steps_are_told_each()
    {
        for (var step = 0; step < 5; step++)
        {
            _bench.Stay(60 + (step * 55), seconds: 600);
        }

        _bench.Kinds.Should().Equal("spike", "spike", "spike", "spike");
    }

    [Fact]
    public void A_rise_that_stays_is_told_although_a_moment_was_higher_once()
    {
        _bench.Stay(60, seconds: 10).Stay(180, seconds: 2).Stay(60, seconds: Hours).Kinds.Should().Equal("spike");

        _bench.Stay(130, seconds: Hours);

        _bench.Kinds.Should().Equal("spike", "spike");
        _bench.Told[1].Should().BeOfType<SpikeAlert>().Which.IncreaseBytes.Should().Be(Bytes.Megabytes(70));
    }

    [Fact]
    public void A_climb_that_is_not_told_yet_is_quiet_and_ends()
    {
        _bench.Stay(60, seconds: 10).Stay(180, seconds: 2).Stay(60, seconds: 100);
        _bench.IsClimbingQuietly.Should().BeFalse();

        _bench.Show(130);
        _bench.IsClimbingQuietly.Should().BeTrue();
        _bench.Stay(130, seconds: 20);
        _bench.IsClimbingQuietly.Should().BeFalse();
    }

    [Fact]
    public void A_clock_that_jumps_forward_or_back_is_no_rise_and_hides_none()
    {
        var clock = new JumpingClock();
        var bench = new SpikeBench(clock: clock);
        for (var i = 0; i < 2000; i++)
        {
            clock.Jump(i % 7 == 0 ? -40 : i % 11 == 0 ? 3600 : 1);
            bench.Show(60);
        }

        bench.Told.Should().BeEmpty();
        clock.Jump(-100_000);
        bench.Show(60);
        clock.Jump(1);
        bench.Show(115).Should().BeOfType<SpikeAlert>();
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(2, null)]
    [InlineData(3, 2)]
    [InlineData(4, 2)]
    [InlineData(5, 300)]
    public void Whatever_rises_by_the_threshold_and_is_never_taken_back_is_told_once(int seed, int? processAge)
    {
        var random = new Random(seed);
        for (var run = 0; run < 200; run++)
        {
            var bench = new SpikeBench(processAge is { } age ? TimeSpan.FromSeconds(age) : null)
            {
                Interval = new[] { 0.5, 1, 5, 15, 60 }[random.Next(5)], Elevated = double.MaxValue,
            };
            var level = 50 + (50 * random.NextDouble());
            bench.Stay(level, seconds: 200);
            bench.Told.Clear();
            for (var step = 0; step < 6; step++)
            {
                // A moment that is higher, or a swing that is known, must not hide what stays.
                if (random.Next(2) == 0)
                {
                    bench.Stay(level + (200 * random.NextDouble()), seconds: bench.Interval).Stay(level, seconds: 200);
                    bench.Told.Clear();
                }

                level += 51 + (50 * random.NextDouble());
                bench.Stay(level, seconds: 200);
                bench.Kinds.Should().Equal(["spike"], $"step {step} of run {run} rose to {level}, with a reading each {bench.Interval} s");
                bench.Told.Clear();
            }
        }
    }

    private sealed class JumpingClock : TimeProvider
    {
        private long _seconds = 1_000_000;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => _seconds;

        public void Jump(long seconds) => _seconds += seconds;
    }
}
