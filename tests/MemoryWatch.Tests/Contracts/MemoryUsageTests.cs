namespace MemoryWatch.Tests.Contracts;

public class MemoryUsageTests
{
    [Theory]
    [InlineData(128L, 512L, 384L, 0.25)]
    [InlineData(0L, 512L, 512L, 0d)]
    [InlineData(600L, 512L, 0L, 1.171875)]
    [InlineData(5L, 0L, 0L, null)]
    [InlineData(null, 512L, null, null)]
    [InlineData(128L, null, null, null)]
    public void Available_and_fraction_follow_from_used_and_limit(long? used, long? limit, long? available, double? fraction)
    {
        var usage = new MemoryUsage { UsedBytes = used, LimitBytes = limit };

        (usage.AvailableBytes, usage.Fraction).Should().Be((available, fraction));
    }
}
