using System.Text.Json;
using MemoryWatch.Tests.Read;
using MemoryWatch.Tool.Tests.Support;

namespace MemoryWatch.Tool.Tests.Machine;

/// <summary>The machines that were reported from the field, as <c>machine --root</c> reports them.</summary>
public sealed class MachineCasesTests
{
    private const long MB = CgroupFixtures.MB;

    public static TheoryData<string, string, long?, long?, string, string> Expected { get; } = new()
    {
        { "arm32", "Machine", null, null, "Exact", "no cgroup that can be seen has a limit" },
        { "cilium2mounts", "Container", 512 * MB, 309_900_000, "Exact", "the only limit, /sys/fs/cgroup" },
        { "colon", "Container", 512 * MB, 309_900_000, "Exact", "slice:cri-containerd:d24f9cc" },
        { "ext6099", "Machine", null, null, "Exact", "no cgroup that can be seen has a limit" },
        { "fargate83563", "Container", 1024 * MB, 800_000_000, "Exact", "hierarchical_memory_limit" },
        { "flip", "Container", 1024 * MB, null, "Exact", "of 2 limits the one with the least headroom, /sys/fs/cgroup/memory" },
        { "gvisor", "Container", 512 * MB, 530_000_000, "AtMost", "the only limit" },
        { "hybrid350", "Container", 512 * MB, 298_000_000, "Exact", "/memory/user.slice/user-1000.slice/session-1.scope" },
        { "interval", "Container", null, null, "Exact", "limit" },
        { "lxcfs389", "Container", 512 * MB, 519_000_000, "Exact", "limit" },
        { "lxcfs44", "Container", 256 * MB, 200_000_000, "Exact", "/memory/lxc/ct" },
        { "memhigh1454", "Container", 384 * MB, null, "Exact", "limit" },
        { "memhigh_nopsi", "Container", 384 * MB, null, "Exact", "limit" },
        { "memhigh_only", "Throttling", 256 * MB, null, "Exact", "slows the processes down" },
        { "par113193", "Container", 1000 * MB, 1_029_899_900, "Exact", "the one with the least headroom, /sys/fs/cgroup/p" },
        { "statunreadable", "Container", 512 * MB, 400_000_000, "AtMost", "the only limit" },
        { "synology_nomemavail_limit", "Machine", 2_060_288 * 1024L, null, "Exact", "limit" },
        { "underflow", "Container", 512 * MB, 200 * MB, "AtLeast", "the only limit" },
        { "usehier0", "Container", 512 * MB, null, "Exact", "the only limit" },
        { "wsl1", "Machine", 33_483_712 * 1024L, null, "Exact", "the process is in no memory cgroup" },
    };

    [Theory]
    [MemberData(nameof(Expected))]
    public async Task The_limit_that_governs_its_usage_and_the_reason_are_those_of_the_library(
        string name, string source, long? limit, long? used, string precision, string reason)
    {
        using var machine = FakeMachine.Of(name);

        var run = await CommandRun.Of("machine", "--root", machine.Source.Root, "--json");

        run.ExitCode.Should().Be(0, run.Error);
        var governing = JsonDocument.Parse(run.Output).RootElement.GetProperty("governing");
        governing.GetProperty("source").GetString().Should().Be(source);
        governing.GetProperty("precision").GetString().Should().Be(precision);
        governing.GetProperty("reason").GetString().Should().Contain(reason);
        if (limit is not null)
        {
            governing.GetProperty("limitBytes").GetInt64().Should().Be(limit);
        }

        if (used is not null)
        {
            governing.GetProperty("usedBytes").GetInt64().Should().Be(used);
        }
    }

    [Fact]
    public void Every_case_is_expected() =>
        Directory.GetDirectories(Path.Combine(AppContext.BaseDirectory, "Read", "Cases")).Select(Path.GetFileName)
            .Should().BeEquivalentTo(Expected.Select(one => one[0]));

    [Theory]
    [InlineData("gvisor", "The container's memory.stat could not be read")]
    [InlineData("wsl1", "MemAvailable of /proc/meminfo is missing")]
    [InlineData("memhigh_only", "memory.high 256 MB, used 271.1 MB, usage 271.5 MB  <- governs")]
    [InlineData("cilium2mounts", "version 2, / at /run/cilium/cgroupv2, not used")]
    [InlineData("memhigh_only", "memory.swap.max: missing")]
    [InlineData("gvisor", "cgroup.procs: missing")]
    [InlineData("lxcfs389", "MemTotal of /proc/meminfo could not be read or is implausible")]
    public async Task The_text_says_what_could_not_be_read_and_what_governs(string name, string text)
    {
        using var machine = FakeMachine.Of(name);

        var run = await CommandRun.Of("machine", "--root", machine.Source.Root);

        run.Output.Should().Contain(text);
    }
}
