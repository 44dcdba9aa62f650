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
    public void A_page_cache_a_little_above_the_usage_is_all_of_it()
    {
        _machine.OnVersion1("/app").WithVersion1Group(
            $"{Version1}/app", limit: 512 * MB, usage: 10 * MB, inactiveFile: 6 * MB, activeFile: 6 * MB);

        var container = Read();

        container.WorkingSetBytes.Should().Be(4 * MB);
        container.UsedBytes.Should().Be(0);
        container.UsedPrecision.Should().Be(UsagePrecision.Exact, "the kernel counts both in batches");
    }

    [Theory]
    [InlineData(300, 200)]
    [InlineData(200, 300)]
    [InlineData(20, long.MaxValue / MB)]
    public void A_page_cache_far_above_the_usage_is_implausible(long inactive, long active)
    {
        _machine.OnVersion1("/app").WithVersion1Group(
            $"{Version1}/app", limit: 512 * MB, usage: 400 * MB, inactiveFile: inactive * MB, activeFile: active * MB);

        Read().Should().Match<ContainerReading>(c => c.UsedBytes == 400 * MB && c.UsedPrecision == UsagePrecision.AtMost);
    }

    [Fact]
    public void A_limit_of_a_32_bit_kernel_that_means_none_is_none()
    {
        const long None = 8796093018112;
        _machine.OnVersion1("/app").WithVersion1Group($"{Version1}/app", limit: None, usage: 400 * MB, inheritedLimit: None);

        Read().LimitBytes.Should().BeNull();
    }

    [Theory]
    [InlineData("0\n", false)]
    [InlineData("1\n", true)]
    [InlineData(null, true)]
    public void A_level_that_does_not_account_its_children_has_no_limit_for_them(string? hierarchy, bool applies)
    {
        _machine.OnVersion1("/pod/a/b")
            .WithVersion1Group($"{Version1}/pod/a/b", limit: 512 * MB, usage: 100 * MB)
            .WithVersion1Group($"{Version1}/pod/a", usage: 90 * MB)
            .WithVersion1Group($"{Version1}/pod", limit: 100 * MB, usage: 90 * MB);
        if (hierarchy is not null)
        {
            _machine.With($"{Version1}/pod/a/memory.use_hierarchy", hierarchy);
        }

        Read().LimitBytes.Should().Be(applies ? 100 * MB : 512 * MB);
    }

    [Fact]
    public void Kernel_memory_that_is_mostly_caches_is_not_used()
    {
        WithKernelMemory(230, reclaimable: 400, other: 20);

        var container = Read();

        container.UsedBytes.Should().BeInRange(15 * MB, 45 * MB, "the machine has 20 MB that it cannot take back");
        container.KernelCacheBytes.Should().Be(250 * MB - 5 * MB - container.UsedBytes);
        container.UsedPrecision.Should().Be(UsagePrecision.Exact);
    }

    [Fact]
    public void Kernel_memory_that_cannot_be_taken_back_is_used()
    {
        WithKernelMemory(230, reclaimable: 20, other: 400);

        Read().UsedBytes.Should().BeGreaterOrEqualTo(225 * MB, "the machine has 20 MB of caches");
    }

    [Fact]
    public void Kernel_memory_is_caches_where_the_machine_does_not_tell()
    {
        WithKernelMemory(230, reclaimable: 0, other: 0);

        Read().Should().Match<ContainerReading>(c => c.UsedBytes == 15 * MB && c.KernelCacheBytes == 230 * MB);
    }

    [Theory]
    [InlineData(10, 0)]
    [InlineData(15, 0)]
    [InlineData(22.5, 11.25)]
    [InlineData(30, 30)]
    public void A_little_kernel_memory_is_that_of_the_processes(double kernel, double caches)
    {
        WithKernelMemory(kernel, reclaimable: 0, other: 0);

        (Read().KernelCacheBytes ?? 0).Should().BeCloseTo((long)(caches * MB), 10);
    }

    [Fact]
    public void Kernel_memory_above_the_usage_explains_nothing()
    {
        WithKernelMemory(251, reclaimable: 400, other: 20);

        Read().Should().Match<ContainerReading>(c => c.UsedBytes == 245 * MB && c.KernelCacheBytes == null);
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

    /// <summary>A group of 300 MB that uses 250 MB, 5 MB of it page cache, on a machine with so many MB of kernel memory.</summary>
    private void WithKernelMemory(double kernel, long reclaimable, long other) => _machine.OnVersion1("/app")
        .WithVersion1Group($"{Version1}/app", limit: 300 * MB, usage: 250 * MB, inactiveFile: 3 * MB, activeFile: 2 * MB)
        .With($"{Version1}/app/memory.kmem.usage_in_bytes", $"{(long)(kernel * MB)}\n")
        .With("/proc/meminfo", $"MemTotal: 4096000 kB\nMemAvailable: 2048000 kB\nSReclaimable: {reclaimable * 1024} kB\nSUnreclaim: {other * 1024} kB\n");

    private ContainerReading Read()
    {
        using var reader = _machine.Reader();
        return reader.Read().Container;
    }
}
