using MemoryWatch.Read;
using Xunit.Abstractions;
using static MemoryWatch.Tests.Read.CgroupFixtures;

namespace MemoryWatch.Tests.Read;

/// <summary>The readers against a kernel's own group with a real limit. Where none can be made, they say so and pass.</summary>
public class RealCgroupTests(ITestOutputHelper output)
{
    // The kernel charges a group in batches per CPU.
    private const long Tolerance = 2 * MB;

    [Fact]
    public void A_process_that_holds_memory_is_read_as_the_kernel_counts_it()
    {
        using var group = TryCreate(256 * MB);
        if (group is null)
        {
            return;
        }

        var holder = group.Start("x=$(head -c 20000000 /dev/zero | tr '\\0' x); echo ready; read line");
        holder.StandardOutput.ReadLine().Should().Be("ready");
        using var reader = ReaderOf(holder.Id);

        var reading = reader.Read();

        var usage = group.ReadNumber("memory.usage_in_bytes");
        var inactive = group.ReadNumber("memory.stat", "total_inactive_file");
        var active = group.ReadNumber("memory.stat", "total_active_file");
        reading.Container.Path.Should().Be(group.Folder);
        reading.Container.LimitBytes.Should().Be(256 * MB);
        reading.Container.UsageBytes.Should().BeGreaterThan(20_000_000).And.BeInRange(usage - Tolerance, usage + Tolerance);
        reading.Container.WorkingSetBytes.Should().BeInRange(usage - inactive - Tolerance, usage - inactive + Tolerance);
        reading.Container.UsedBytes.Should().BeInRange(usage - inactive - active - Tolerance, usage - inactive - active + Tolerance);
        reading.Container.OomKills.Should().Be(0);
        reading.Process.ResidentBytes.Should().BeGreaterThan(20_000_000);
        reader.ReadThreads().Should().Be(1);
        reader.ReadOpenFiles().Should().BeGreaterOrEqualTo(3);

        group.SetLimit(128 * MB);
        reader.Read().Container.LimitBytes.Should().Be(128 * MB);
    }

    [Fact]
    public void A_kill_for_want_of_memory_is_counted()
    {
        using var group = TryCreate(32 * MB);
        if (group is null)
        {
            return;
        }

        var witness = group.Start("echo ready; read line");
        witness.StandardOutput.ReadLine().Should().Be("ready");
        using var reader = ReaderOf(witness.Id);
        reader.Read().Container.OomKills.Should().Be(0);

        // It looks for the last line of a file that has no line and no end, and keeps all of it.
        var victim = group.Start("exec tail /dev/zero");
        victim.WaitForExit();

        victim.ExitCode.Should().Be(137);
        Eventually.IsTrue(() => reader.Read().Container.OomKills == 1);
    }

    [Fact]
    public void A_process_that_moves_to_another_group_is_followed()
    {
        using var first = TryCreate(64 * MB);
        using var second = TryCreate(48 * MB);
        if (first is null || second is null)
        {
            return;
        }

        var mover = first.Start($"echo ready; read line; echo $$ > {second.Folder}/cgroup.procs; echo moved; read line");
        mover.StandardOutput.ReadLine().Should().Be("ready");
        using var reader = ReaderOf(mover.Id);
        reader.Read().Container.LimitBytes.Should().Be(64 * MB);

        mover.StandardInput.WriteLine();
        mover.StandardOutput.ReadLine().Should().Be("moved");
        var before = reader.Group;

        reader.Read().Container.LimitBytes.Should().Be(48 * MB);
        before!.Path.Should().Be(first.Folder);
        reader.Group!.Path.Should().Be(second.Folder);
        reader.Group.IsSameAs(before).Should().BeFalse();
        mover.Kill();
        mover.WaitForExit();
        reader.Read().Container.Should().Be(default(ContainerReading), "a process that is gone has no container");
    }

    [Fact]
    public void A_group_that_is_removed_and_made_again_is_found_again()
    {
        using var group = TryCreate(64 * MB);
        if (group is null)
        {
            return;
        }

        // A process cannot be in a group that is removed, so who is in it is made up; the group is the kernel's.
        using var machine = new FakeMachine();
        machine.OnVersion1($"/{Path.GetFileName(group.Folder)}").Link(Version1);
        using var reader = machine.Reader();
        reader.Read().Container.LimitBytes.Should().Be(64 * MB);
        var before = MemoryGroup.Identify(group.Folder, group.Folder);
        before!.IsSameAs(reader.Group).Should().BeTrue();

        group.Remove();
        reader.Read().Container.Should().Match<ContainerReading>(c => c.LimitBytes == null && c.Path != group.Folder);

        group.Create(48 * MB);
        Enumerable.Range(0, 4).Select(_ => reader.Read().Container.LimitBytes).Should().Contain(48 * MB);
        before.IsSameAs(MemoryGroup.Identify(group.Folder, group.Folder)).Should().BeFalse("the path is the same, but not the group");
    }

    private static LinuxReader ReaderOf(int processId) =>
        new(TimeProvider.System, new LinuxSource { ProcessFolder = $"/proc/{processId}" });

    private RealCgroup? TryCreate(long limitBytes)
    {
        var group = RealCgroup.TryCreate(limitBytes);
        if (group is null)
        {
            output.WriteLine($"Not checked: no memory group can be made under {Version1} here.");
        }

        return group;
    }
}
