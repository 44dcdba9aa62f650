using MemoryWatch.Operations;
using MemoryWatch.Tests.BlackBox;
using Microsoft.Extensions.Time.Testing;

namespace MemoryWatch.Tests.Operations;

/// <summary>The time of day told from timestamps.</summary>
public sealed class EntryClockTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 22, 3, 12, 45, TimeSpan.Zero));

    [Fact]
    public void It_goes_as_the_clock_goes()
    {
        var clock = new EntryClock(_time);
        _time.Advance(TimeSpan.FromDays(40));

        clock.Of(_time.GetTimestamp()).Should().Be(_time.GetUtcNow());
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
}
