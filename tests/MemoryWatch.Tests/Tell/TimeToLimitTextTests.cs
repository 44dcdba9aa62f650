using MemoryWatch.Tell;
using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Tell;

public sealed class TimeToLimitTextTests : IDisposable
{
    private const double Megabyte = 1048576;
    private readonly CommaCulture _culture = new();

    public void Dispose() => _culture.Dispose();

    [Theory]
    [InlineData(12.4 / 3600, 7.9 * 3600, 8.1 * 3600, "+12.4 MB/h, limit in 7-9 h")]
    [InlineData(12.4 / 3600, 7.9 * 3600, null, "+12.4 MB/h, limit in 7 h or later")]
    [InlineData(1.5 / 60, 3600.0, 3600.0, "+1.5 MB/min, limit in 60 min")]
    [InlineData(1.5 / 60, 6731.0, 7801.0, "+1.5 MB/min, limit in 110-140 min")]
    [InlineData(20.0, 0.4, 0.9, "+20.0 MB/s, limit in 0-1 s")]
    [InlineData(0.2 / 3600, 400000.0, 800000.0, "+0.2 MB/h, limit in 4-10 days")]
    public void Growth_and_interval_are_rounded_outward_to_what_is_known(double perSecond, double soonest, double? latest, string text) =>
        TimeToLimitText.Growth(Of(LimitSource.Container, perSecond, soonest, latest)).Should().Be(text);

    [Theory]
    [InlineData(LimitSource.Container, "limit at this pace in 40 s")]
    [InlineData(LimitSource.Setting, "limit at this pace in 40 s")]
    [InlineData(LimitSource.GCHeap, "GC limit at this pace in 40 s")]
    [InlineData(LimitSource.Throttling, "memory.high at this pace in 40 s")]
    public void The_limit_is_named(LimitSource source, string text) =>
        TimeToLimitText.AtThisPace(Of(source, 5, 40, 40)).Should().Be(text);

    private static TimeToLimit Of(LimitSource source, double perSecond, double soonest, double? latest) => new(
        source, TimeSpan.FromSeconds(soonest), latest is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        new(perSecond * Megabyte, perSecond * Megabyte, perSecond * Megabyte));
}
