using static MemoryWatch.Tests.Read.CgroupFixtures;

namespace MemoryWatch.Tests.Read;

public sealed class ContainerOnVersion1Tests : IDisposable
{
    private readonly FakeMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void The_own_group_with_a_limit_is_read()
    {
        _machine.OnVersion1("/app").WithVersion1Group(
            $"{Version1}/app",
            limit: 512 * MB,
            usage: 400 * MB,
            inactiveFile: 30 * MB,
            activeFile: 20 * MB,
            inheritedLimit: 512 * MB,
            swap: 3 * MB,
            kills: 2);

        var container = Read();

        container.Version.Should().Be(1);
        container.Path.Should().Be($"{Version1}/app");
        container.LimitBytes.Should().Be(512 * MB);
        container.UsageBytes.Should().Be(400 * MB);
        container.WorkingSetBytes.Should().Be(370 * MB);
        container.UsedBytes.Should().Be(350 * MB);
        container.SwapUsedBytes.Should().Be(3 * MB);
        container.OomKills.Should().Be(2);
        container.FileRefaults.Should().Be(298);
        container.HighBytes.Should().BeNull();
        container.SwapLimitBytes.Should().BeNull();
        container.PressureSome.Should().BeNull();
    }

    [Theory]
    [InlineData(9223372036854771712)]
    [InlineData(9223372036854710272)]
    [InlineData(9223372036854775807)]
    public void The_huge_number_is_no_limit(long huge)
    {
        _machine.OnVersion1("/app").WithVersion1Group($"{Version1}/app", limit: huge, usage: 400 * MB, inheritedLimit: huge);

        var container = Read();

        container.LimitBytes.Should().BeNull();
        container.UsageBytes.Should().Be(400 * MB);
        container.Path.Should().Be($"{Version1}/app");
    }

    [Fact]
    public void The_machines_root_group_has_usage_but_no_limit()
    {
        _machine.OnVersion1("/").WithVersion1Group(Version1, usage: 900 * MB, inactiveFile: 100 * MB, kills: 1);

        var container = Read();

        container.Path.Should().Be(Version1);
        container.LimitBytes.Should().BeNull();
        container.WorkingSetBytes.Should().Be(800 * MB);
        container.OomKills.Should().Be(1);
    }

    [Fact]
    public void A_hidden_limit_above_the_mount_is_judged_by_the_own_usage()
    {
        _machine.OnVersion1("/app")
            .WithVersion1Group($"{Version1}/app", limit: 1024 * MB, usage: 300 * MB, inheritedLimit: 512 * MB);

        var container = Read();

        container.LimitBytes.Should().Be(512 * MB);
        container.UsedBytes.Should().Be(300 * MB);
        container.Path.Should().Be($"{Version1}/app");
    }

    [Fact]
    public void A_hidden_limit_does_not_govern_where_a_visible_level_is_tighter()
    {
        _machine.OnVersion1("/pod/app")
            .WithVersion1Group($"{Version1}/pod/app", usage: 100 * MB, inheritedLimit: 800 * MB)
            .WithVersion1Group($"{Version1}/pod", limit: 1000 * MB, usage: 990 * MB);

        var container = Read();

        container.Path.Should().Be($"{Version1}/pod");
        container.LimitBytes.Should().Be(1000 * MB);
    }

    [Fact]
    public void Usage_below_the_page_cache_is_floored_at_0()
    {
        _machine.OnVersion1("/app").WithVersion1Group(
            $"{Version1}/app", limit: 512 * MB, usage: 10 * MB, inactiveFile: 20 * MB, activeFile: long.MaxValue);

        var container = Read();

        container.WorkingSetBytes.Should().Be(0);
        container.UsedBytes.Should().Be(0);
    }

    [Fact]
    public void Docker_without_a_namespace_of_its_own_reads_the_mount()
    {
        _machine.OnVersion1("/docker/abc", "35 31 0:32 /docker/abc /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n")
            .WithVersion1Group(Version1, limit: 512 * MB, usage: 50 * MB);

        Read().Should().Match<ContainerReading>(c => c.Path == Version1 && c.LimitBytes == 512 * MB);
    }

    [Fact]
    public void A_group_above_the_mount_point_is_never_looked_for()
    {
        _machine.OnVersion1("/app").With("/sys/fs/cgroup/memory.limit_in_bytes", "1\n")
            .WithVersion1Group($"{Version1}/app", usage: 5 * MB);

        Read().LimitBytes.Should().BeNull();
    }

    private ContainerReading Read()
    {
        using var reader = _machine.Reader();
        return reader.Read().Container;
    }
}
