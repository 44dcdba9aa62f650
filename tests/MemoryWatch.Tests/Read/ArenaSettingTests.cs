using MemoryWatch.Read;

namespace MemoryWatch.Tests.Read;

public class ArenaSettingTests
{
    [Theory]
    [InlineData("MALLOC_ARENA_MAX", "2", true)]
    [InlineData("MALLOC_ARENA_MAX", "", false)]
    [InlineData("GLIBC_TUNABLES", "glibc.malloc.arena_max=2", true)]
    [InlineData("GLIBC_TUNABLES", "glibc.malloc.tcache_count=0:glibc.malloc.arena_max=1", true)]
    [InlineData("GLIBC_TUNABLES", "glibc.malloc.tcache_count=0", false)]
    [InlineData("OTHER", "2", false)]
    public void Both_ways_to_limit_arenas_are_known(string name, string value, bool isLimited)
    {
        ArenaSetting.IsLimited(asked => asked == name ? value : null).Should().Be(isLimited);
    }
}
