namespace MemoryWatch.Tests.Read;

/// <summary>Contents as real kernels write them, and short ways to lay out groups on a <see cref="FakeMachine"/>.</summary>
internal static class CgroupFixtures
{
    public const long MB = 1024 * 1024;
    public const long NoLimitOnVersion1 = 9223372036854771712;
    public const string Version1 = "/sys/fs/cgroup/memory";
    public const string Version2 = "/sys/fs/cgroup";

    public const string Version1Mounts =
        """
        22 28 0:21 / /proc rw,nosuid,nodev,noexec,relatime shared:14 - proc proc rw
        31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
        32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw,relatime shared:15 - cgroup cgroup rw,cpu,cpuacct
        35 31 0:32 / /sys/fs/cgroup/memory rw,relatime shared:16 master:3 - cgroup cgroup rw,memory

        """;

    public const string Version2Mounts =
        """
        22 28 0:21 / /proc rw,nosuid,nodev,noexec,relatime shared:14 - proc proc rw
        30 23 0:26 / /sys/fs/cgroup rw,nosuid,nodev,noexec,relatime shared:4 - cgroup2 cgroup2 rw,nsdelegate,memory_recursiveprot

        """;

    public static FakeMachine OnVersion1(this FakeMachine machine, string membership, string mounts = Version1Mounts) => machine
        .With("/proc/self/cgroup", $"5:cpuset:/elsewhere\n4:memory:{membership}\n1:name=systemd:/init.scope\n0::/init.scope\n")
        .With("/proc/self/mountinfo", mounts);

    public static FakeMachine OnVersion2(this FakeMachine machine, string membership, string mounts = Version2Mounts) => machine
        .With("/proc/self/cgroup", $"0::{membership}\n")
        .With("/proc/self/mountinfo", mounts);

    public static FakeMachine WithVersion1Group(
        this FakeMachine machine,
        string folder,
        long limit = NoLimitOnVersion1,
        long usage = 0,
        long inactiveFile = 0,
        long activeFile = 0,
        long inheritedLimit = NoLimitOnVersion1,
        long swap = 0,
        long kills = 0) => machine.With(
        folder,
        ("memory.limit_in_bytes", $"{limit}\n"),
        ("memory.usage_in_bytes", $"{usage}\n"),
        ("memory.oom_control", $"oom_kill_disable 0\nunder_oom 0\noom_kill {kills}\n"),
        ("memory.stat",
            $"""
            cache 1212416
            rss 1708032
            swap 1
            inactive_file 2
            active_file 3
            hierarchical_memory_limit {inheritedLimit}
            hierarchical_memsw_limit {NoLimitOnVersion1}
            total_cache 1212416
            total_rss 1708032
            total_swap {swap}
            total_workingset_refault_file 298
            total_inactive_anon 1634304
            total_active_anon 12288
            total_inactive_file {inactiveFile}
            total_active_file {activeFile}
            total_unevictable 0

            """));

    public static FakeMachine WithVersion2Group(
        this FakeMachine machine,
        string folder,
        string limit = "max",
        long usage = 0,
        long inactiveFile = 0,
        long activeFile = 0,
        long reclaimableSlab = 0,
        long kills = 0) => machine.With(
        folder,
        ("memory.max", $"{limit}\n"),
        ("memory.current", $"{usage}\n"),
        ("memory.events", $"low 0\nhigh 4\nmax 31\noom 7\noom_kill {kills}\noom_group_kill 0\n"),
        ("memory.stat",
            $"""
            anon 120586240
            file 41943040
            kernel 3145728
            slab 2097152
            inactive_anon 0
            active_anon 120586240
            inactive_file {inactiveFile}
            active_file {activeFile}
            unevictable 0
            slab_reclaimable {reclaimableSlab}
            slab_unreclaimable 524288
            workingset_refault_file 321
            workingset_activate_file 12

            """));
}
