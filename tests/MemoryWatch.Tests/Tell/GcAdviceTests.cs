using MemoryWatch.Judge;
using MemoryWatch.Tell;

namespace MemoryWatch.Tests.Tell;

public sealed class GcAdviceTests
{
    private const long MB = 1 << 20;

    [Theory]
    [InlineData(384, false, 1)]
    [InlineData(460, false, 1)]
    [InlineData(257, false, 8)]
    public void Nothing_is_advised_where_the_GC_fits_the_container(long heapMegabytes, bool isServer, int cores) =>
        Advice(heapMegabytes, isServer, cores).Should().BeEmpty();

    [Fact]
    public void A_GC_that_may_use_all_of_the_container_is_to_be_limited() => Advice(500, false, 2).Should().Be(
        "the GC may use 500 MB of 512 MB, which leaves too little for everything else: set DOTNET_GCHeapHardLimitPercent=4B (hexadecimal, 75 %)");

    [Fact]
    public void A_GC_that_may_not_use_half_of_it_is_to_be_given_more() => Advice(200, false, 2).Should().Be(
        "the GC may use 200 MB of 512 MB, so it runs out of memory with half of it free: set DOTNET_GCHeapHardLimitPercent=4B (hexadecimal, 75 %)");

    [Theory]
    [InlineData(512, 8)]
    [InlineData(4096, 1)]
    public void Server_GC_in_a_small_container_is_advised_against(long limitMegabytes, int cores) =>
        Advice(Usage(limitMegabytes), limitMegabytes * 3 / 4, isServer: true, cores).Should().EndWith("set DOTNET_gcServer=0");

    [Fact]
    public void Both_are_said_in_one_line() => Advice(500, true, 1).Should().Contain("Percent=4B").And.Contain("; server GC").And.NotContain("\n");

    [Fact]
    public void The_GC_is_not_judged_by_a_limit_that_it_cannot_know()
    {
        var setting = new MemoryUsage { LimitBytes = 512 * MB, UsedBytes = 0, Source = LimitSource.Setting };

        Advice(setting, 24_000, isServer: false, cores: 2).Should().BeEmpty();
    }

    private static string Advice(long heapMegabytes, bool isServer, int cores) => Advice(Usage(512), heapMegabytes, isServer, cores);

    private static string Advice(MemoryUsage usage, long heapMegabytes, bool isServer, int cores) =>
        GcAdvice.For(GcJudge.Judge(usage, heapMegabytes * MB, isServer, cores), usage);

    private static MemoryUsage Usage(long limitMegabytes) =>
        new() { LimitBytes = limitMegabytes * MB, UsedBytes = 0, Source = LimitSource.Container };
}
