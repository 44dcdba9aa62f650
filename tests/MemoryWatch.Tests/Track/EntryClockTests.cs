using MemoryWatch.Tests.BlackBox;
using MemoryWatch.Track;
using Microsoft.Extensions.Time.Testing;

namespace MemoryWatch.Tests.Track;

/// <summary>The time of day told from timestamps.</summary>
public sealed class EntryClockTests
{
    private static readonly DateTimeOffset Booted = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 22, 3, 12, 45, TimeSpan.Zero));

    [Fact]
    public void It_goes_as_the_clock_goes()
    {
        var clock = new EntryClock(_time);
        _time.Advance(TimeSpan.FromDays(40));

        clock.Of(_time.GetTimestamp()).Should().Be(_time.GetUtcNow());
    }

    [Theory]
    [InlineData(1_000_000_000)]
    [InlineData(3_579_545)]
    public void Timestamps_may_be_of_any_unit(long frequency)
    {
        var machine = new OtherUnit(_time, frequency);
        var clock = new EntryClock(machine);
        _time.Advance(TimeSpan.FromHours(1));

        clock.Of(machine.GetTimestamp()).Should().BeCloseTo(_time.GetUtcNow(), TimeSpan.FromTicks(20));
    }

    [Fact]
    public void A_thread_that_is_held_up_between_two_looks_looks_again()
    {
        var looks = 0;
        var machine = new HeldUp(_time, () =>
        {
            if (++looks == 1)
            {
                _time.Advance(TimeSpan.FromMilliseconds(100));
            }
        });

        var clock = new EntryClock(machine);

        looks.Should().Be(2);
        clock.Of(machine.GetTimestamp()).Should().Be(_time.GetUtcNow());
    }

    [Fact]
    public void It_tells_the_past_too()
    {
        var clock = new EntryClock(_time);
        var (then, timestamp) = (_time.GetUtcNow(), _time.GetTimestamp());
        _time.Advance(TimeSpan.FromMinutes(5));

        clock.Of(timestamp).Should().Be(then);
    }

    [Fact]
    public void A_clock_that_somebody_sets_is_followed_at_the_next_tick()
    {
        var machine = new SettableClock(_time);
        var clock = new EntryClock(machine);
        machine.Set(TimeSpan.FromHours(-1));
        clock.Of(machine.GetTimestamp()).Should().Be(_time.GetUtcNow());

        clock.Set();

        clock.Of(machine.GetTimestamp()).Should().Be(machine.GetUtcNow()).And.Be(_time.GetUtcNow().AddHours(-1));
    }

    private sealed class OtherUnit(TimeProvider time, long frequency) : TimeProvider
    {
        public override long TimestampFrequency => frequency;

        public override DateTimeOffset GetUtcNow() => time.GetUtcNow();

        public override long GetTimestamp() => (long)((time.GetUtcNow() - Booted).TotalSeconds * frequency);
    }

    private sealed class HeldUp(TimeProvider time, Action before) : TimeProvider
    {
        public override long TimestampFrequency => time.TimestampFrequency;

        public override long GetTimestamp() => time.GetTimestamp();

        public override DateTimeOffset GetUtcNow()
        {
            before();
            return time.GetUtcNow();
        }
    }
}
