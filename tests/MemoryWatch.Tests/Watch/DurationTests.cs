using MemoryWatch.Watch;

namespace MemoryWatch.Tests.Watch;

public class DurationTests
{
    [Theory]
    [InlineData("00:05:00", 300_000)]
    [InlineData("00:00:00.250", 250)]
    [InlineData("0:05:00", 300_000)]
    [InlineData(" 1:30 ", 5_400_000)]
    [InlineData("1.00:00:00", 86_400_000)]
    [InlineData("1:00:00:00", 86_400_000)]
    [InlineData("250ms", 250)]
    [InlineData("30s", 30_000)]
    [InlineData("30 S", 30_000)]
    [InlineData("5min", 300_000)]
    [InlineData(" 5 m ", 300_000)]
    [InlineData("1.5h", 5_400_000)]
    [InlineData("90", 90_000)]
    [InlineData("0.5", 500)]
    [InlineData("0", 0)]
    public void A_time_is_read_as_people_write_it(string text, long milliseconds)
    {
        Duration.TryParse(text, out var duration).Should().BeTrue();
        duration.Should().Be(TimeSpan.FromMilliseconds(milliseconds));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("s")]
    [InlineData("soon")]
    [InlineData("-5s")]
    [InlineData("1e3s")]
    [InlineData("5 days")]
    [InlineData("1,5s")]
    [InlineData("5s s")]
    [InlineData("00:61:00")]
    [InlineData("::")]
    [InlineData("922337203686")]
    [InlineData("99999999999999999999999999999999h")]
    public void What_is_no_time_is_refused(string text)
    {
        Duration.TryParse(text, out var duration).Should().BeFalse();
        duration.Should().Be(TimeSpan.Zero);
    }

    [Theory]
    [InlineData("24:00:00")]
    [InlineData("90:00")]
    public void Hours_beyond_a_day_are_never_taken_for_days(string text) =>
        Duration.TryParse(text, out _).Should().BeFalse();
}
