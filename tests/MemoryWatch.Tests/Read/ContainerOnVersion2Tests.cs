using static MemoryWatch.Tests.Read.CgroupFixtures;

namespace MemoryWatch.Tests.Read;

public sealed class ContainerOnVersion2Tests : IDisposable
{
    private readonly FakeMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void A_namespaced_container_is_read_at_the_mount()
    {
        _machine.OnVersion2("/")
            .WithVersion2Group(
                Version2, $"{512 * MB}", usage: 400 * MB, inactiveFile: 30 * MB, activeFile: 20 * MB, reclaimableSlab: 5 * MB, kills: 3)
            .With(
                Version2,
                ("memory.high", $"{480 * MB}\n"),
                ("memory.swap.current", $"{2 * MB}\n"),
                ("memory.swap.max", $"{64 * MB}\n"),
                ("memory.pressure", "some avg10=1.53 avg60=0.87 avg300=0.22 total=4218\nfull avg10=0.25 avg60=0.10 avg300=0.02 total=812\n"));

        var container = Read();

        container.Version.Should().Be(2);
        container.Path.Should().Be(Version2);
        container.LimitBytes.Should().Be(512 * MB);
        container.HighBytes.Should().Be(480 * MB);
        container.UsageBytes.Should().Be(400 * MB);
        container.WorkingSetBytes.Should().Be(370 * MB);
        container.UsedBytes.Should().Be(345 * MB);
        container.SwapUsedBytes.Should().Be(2 * MB);
        container.SwapLimitBytes.Should().Be(64 * MB);
        container.OomKills.Should().Be(3);
        container.PressureSome.Should().Be(1.53);
        container.PressureFull.Should().Be(0.25);
        container.FileRefaults.Should().Be(321);
    }

    [Fact]
    public void The_word_max_is_no_limit()
    {
        _machine.OnVersion2("/app").WithVersion2Group($"{Version2}/app", "max", usage: 40 * MB)
            .With($"{Version2}/app", ("memory.high", "max\n"), ("memory.swap.max", "max\n"));

        var container = Read();

        container.LimitBytes.Should().BeNull();
        container.HighBytes.Should().BeNull();
        container.SwapLimitBytes.Should().BeNull();
        container.UsageBytes.Should().Be(40 * MB);
        container.Path.Should().Be($"{Version2}/app");
    }

    [Fact]
    public void A_parent_with_a_larger_limit_governs_where_its_headroom_is_smaller()
    {
        _machine.OnVersion2("/pod/app")
            .WithVersion2Group($"{Version2}/pod/app", $"{512 * MB}", usage: 100 * MB, kills: 1)
            .WithVersion2Group($"{Version2}/pod", $"{1024 * MB}", usage: 1000 * MB, kills: 9)
            .With($"{Version2}/pod/memory.high", $"{1020 * MB}\n");

        var container = Read();

        container.Path.Should().Be($"{Version2}/pod");
        container.LimitBytes.Should().Be(1024 * MB);
        container.UsageBytes.Should().Be(1000 * MB);
        container.HighBytes.Should().Be(1020 * MB);
        container.OomKills.Should().Be(1, "kills are those of the process's own group");
    }

    [Fact]
    public void A_parent_with_a_smaller_limit_does_not_govern_where_its_headroom_is_larger()
    {
        _machine.OnVersion2("/pod/app")
            .WithVersion2Group($"{Version2}/pod/app", $"{512 * MB}", usage: 500 * MB)
            .WithVersion2Group($"{Version2}/pod", $"{510 * MB}", usage: 505 * MB, inactiveFile: 200 * MB);

        Read().Path.Should().Be($"{Version2}/pod/app");
    }

    [Fact]
    public void A_level_without_a_limit_between_two_with_one_is_passed_over()
    {
        _machine.OnVersion2("/a/b/c")
            .WithVersion2Group($"{Version2}/a/b/c", $"{512 * MB}", usage: 100 * MB)
            .WithVersion2Group($"{Version2}/a/b", "max", usage: 2000 * MB)
            .WithVersion2Group($"{Version2}/a", $"{2100 * MB}", usage: 2000 * MB);

        Read().LimitBytes.Should().Be(2100 * MB);
    }

    [Fact]
    public void A_limit_of_the_parent_alone_governs()
    {
        _machine.OnVersion2("/pod/app")
            .WithVersion2Group($"{Version2}/pod/app", "max", usage: 100 * MB)
            .WithVersion2Group($"{Version2}/pod", $"{512 * MB}", usage: 120 * MB);

        Read().Should().Match<ContainerReading>(c => c.LimitBytes == 512 * MB && c.UsageBytes == 120 * MB);
    }

    [Fact]
    public void A_group_without_the_memory_controller_is_judged_by_its_parent()
    {
        _machine.OnVersion2("/user/app")
            .With($"{Version2}/user/app/cgroup.procs", "1\n")
            .With($"{Version2}/user/app/memory.pressure", "some avg10=1.00 avg60=0.00 avg300=0.00 total=1\n")
            .WithVersion2Group($"{Version2}/user", $"{512 * MB}", usage: 120 * MB);

        var container = Read();

        container.Path.Should().Be($"{Version2}/user");
        container.OomKills.Should().BeNull();
        container.PressureSome.Should().BeNull();
    }

    [Fact]
    public void The_machines_root_group_is_no_container_and_its_pressure_is_not_taken()
    {
        _machine.OnVersion2("/").With(
            Version2,
            ("memory.pressure", "some avg10=9.00 avg60=9.00 avg300=9.00 total=9\nfull avg10=9.00 avg60=9.00 avg300=9.00 total=9\n"),
            ("memory.stat", "anon 1\nfile 2\ninactive_file 1\nactive_file 1\n"));

        Read().Should().Be(default(ContainerReading));
    }

    [Fact]
    public void A_kernel_that_does_not_tell_slab_takes_none_off()
    {
        _machine.OnVersion2("/").With(
            Version2,
            ("memory.max", $"{512 * MB}\n"),
            ("memory.current", $"{100 * MB}\n"),
            ("memory.stat", $"inactive_file {10 * MB}\nactive_file {10 * MB}\n"));

        Read().UsedBytes.Should().Be(80 * MB);
    }

    [Fact]
    public void Without_the_figures_to_take_off_usage_is_the_upper_bound()
    {
        _machine.OnVersion2("/").With(Version2, ("memory.max", $"{512 * MB}\n"), ("memory.current", $"{100 * MB}\n"));

        var container = Read();

        container.UsageBytes.Should().Be(100 * MB);
        (container.UsedBytes, container.UsedPrecision).Should().Be((100 * MB, UsagePrecision.AtMost));
        container.WorkingSetBytes.Should().BeNull();
        container.OomKills.Should().BeNull();
    }

    [Theory]
    [InlineData("18446744073709551615\n")]
    [InlineData("-4096\n")]
    [InlineData("9223372036854771712\n")]
    [InlineData("0\n")]
    [InlineData("junk\n")]
    [InlineData("")]
    public void Without_a_plausible_usage_resident_memory_is_the_lower_bound(string usage)
    {
        _machine.OnVersion2("/").WithVersion2Group(Version2, $"{512 * MB}").With($"{Version2}/memory.current", usage)
            .With("/proc/self/statm", "68000 51200 12000 20 0 30000 0\n");

        var container = Read();

        container.UsageBytes.Should().BeNull();
        (container.UsedBytes, container.UsedPrecision).Should().Be((200 * MB, UsagePrecision.AtLeast));
    }

    [Fact]
    public void Usage_above_the_machine_is_implausible_but_a_little_above_the_limit_is_not()
    {
        _machine.OnVersion2("/").WithVersion2Group(Version2, $"{512 * MB}", usage: 520 * MB)
            .With("/proc/self/statm", "68000 51200 12000 20 0 30000 0\n").With("/proc/meminfo", "MemTotal: 1048576 kB\nMemFree: 1 kB\n");
        Read().UsageBytes.Should().Be(520 * MB);

        _machine.With($"{Version2}/memory.current", $"{20480 * MB}\n");
        Read().UsedPrecision.Should().Be(UsagePrecision.AtLeast);
    }

    [Fact]
    public void The_throttling_limit_with_the_least_headroom_is_reported_with_its_own_numbers()
    {
        _machine.OnVersion2("/pod/app")
            .WithVersion2Group($"{Version2}/pod/app", $"{512 * MB}", usage: 100 * MB, activeFile: 20 * MB)
            .WithVersion2Group($"{Version2}/pod", "max", usage: 290 * MB)
            .With($"{Version2}/pod/app/memory.high", $"{400 * MB}\n")
            .With($"{Version2}/pod/memory.high", $"{300 * MB}\n")
            .With($"{Version2}/pod/memory.events", "high 77\n");

        var container = Read();

        container.Path.Should().Be($"{Version2}/pod/app");
        (container.HighBytes, container.HighUsedBytes, container.HighEvents).Should().Be((300 * MB, 290 * MB, 77));
    }

    [Theory]
    [InlineData("7\n", 0)]
    [InlineData("7\n12\n99999\n", 2)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void The_other_processes_of_the_own_group_are_counted(string? processes, int? others)
    {
        _machine.OnVersion2("/app").WithVersion2Group($"{Version2}/app", "max", usage: 100 * MB);
        if (processes is not null)
        {
            _machine.With($"{Version2}/app/cgroup.procs", processes);
        }

        Read().OtherProcesses.Should().Be(others);
    }

    [Fact]
    public void More_processes_than_the_kernel_lists_at_once_are_not_counted()
    {
        _machine.OnVersion2("/app").WithVersion2Group($"{Version2}/app", "max", usage: 100 * MB)
            .With($"{Version2}/app/cgroup.procs", string.Concat(Enumerable.Range(10000, Environment.SystemPageSize / 6).Select(id => $"{id}\n")));

        Read().OtherProcesses.Should().BeNull();
    }

    private ContainerReading Read()
    {
        using var reader = _machine.Reader();
        return reader.Read().Container;
    }
}
