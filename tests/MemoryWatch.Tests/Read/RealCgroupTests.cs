using MemoryWatch.Files;
using MemoryWatch.Read;
using MemoryWatch.Tell;
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
        var before = MemoryGroup.Identify(DiskFiles.Instance, group.Folder, group.Folder);
        before!.IsSameAs(reader.Group).Should().BeTrue();

        group.Remove();
        reader.Read().Container.Should().Match<ContainerReading>(c => c.LimitBytes == null && c.Path != group.Folder);

        group.Create(48 * MB);
        Enumerable.Range(0, 4).Select(_ => reader.Read().Container.LimitBytes).Should().Contain(48 * MB);
        before.IsSameAs(MemoryGroup.Identify(DiskFiles.Instance, group.Folder, group.Folder)).Should().BeFalse("the path is the same, but not the group");
    }

    [Fact]
    public void Of_two_mounts_at_one_place_the_last_one_is_seen()
    {
        using var group = TryCreate(300 * MB);
        if (group is null)
        {
            return;
        }

        var process = group.Start($"exec unshare -m sh -c 'mount --bind {group.Folder} {Version1} && echo ready || echo refused; read line'");
        if (process.StandardOutput.ReadLine() != "ready")
        {
            output.WriteLine("Not checked: no mount namespace can be made here.");
            return;
        }

        // Its own view of the files, through the folder in which the kernel shows it.
        using var reader = new LinuxReader(
            TimeProvider.System, new LinuxSource { Root = $"/proc/{process.Id}/root", ProcessFolder = $"/proc/{process.Id}" });

        reader.Read().Container.Should().Match<ContainerReading>(c => c.LimitBytes == 300 * MB && c.Path == Version1);
        reader.Group.Should().NotBeNull("what is mounted there is the process's own group");
    }

    [Fact]
    public void Other_processes_of_the_group_are_counted()
    {
        using var group = TryCreate(64 * MB);
        if (group is null)
        {
            return;
        }

        var process = group.Start("echo ready; read line");
        process.StandardOutput.ReadLine().Should().Be("ready");
        using var reader = ReaderOf(process.Id);
        reader.Read().Container.OtherProcesses.Should().Be(0);

        var other = group.Start("echo ready; read line");
        other.StandardOutput.ReadLine().Should().Be("ready");

        // The kernel keeps the list of a moment ago for a second.
        Eventually.IsTrue(() => reader.Read().Container.OtherProcesses == 1);
    }

    [Fact]
    public void Kernel_memory_of_names_that_do_not_exist_is_no_high_memory()
    {
        using var group = TryCreate(300 * MB);
        if (group is null)
        {
            return;
        }

        // Long names, of which the kernel keeps that there is no such file: 250 MB of them.
        var name = Path.Combine(Path.GetTempPath(), new string('n', 200));
        var process = group.Start($"i=0; while [ $i -lt 700000 ] && {{ [ $((i % 5000)) -gt 0 ] || [ $(cat {group.Folder}/memory.usage_in_bytes) -lt {250 * MB} ]; }}; do [ -e {name}-$i ]; i=$((i+1)); done; echo ready; read line");
        process.StandardOutput.ReadLine().Should().Be("ready");
        if (group.ReadNumber("memory.kmem.usage_in_bytes") < 240 * MB)
        {
            output.WriteLine("Not checked: this kernel does not charge its memory to groups.");
            return;
        }

        using var watch = new CaseWatch(new LinuxSource { ProcessFolder = $"/proc/{process.Id}" });

        var snapshot = watch.Tick();
        watch.Tick();

        snapshot.Container.UsageBytes.Should().BeGreaterThan(240 * MB);
        (snapshot.Zone, snapshot.Usage.Source).Should().Be((MemoryZone.Healthy, LimitSource.Container));
        watch.Log.Of(LogEvents.HighMemory).Should().BeEmpty();
        watch.Log.Of(LogEvents.Relief).Should().BeEmpty();
        watch.Lines(LogEvents.ReadingIncomplete).Should().ContainSingle().Which.Should().Contain("kernel caches, mostly reclaimable");
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
