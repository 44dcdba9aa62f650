using System.Collections.Frozen;

namespace MemoryWatch.Tool.Machine;

/// <summary>
/// The names that say nothing about whose machine it is: those of the kernel, of the usual folders, and of the programs that run containers. Every
/// other name is replaced.
/// </summary>
internal static class KnownNames
{
    /// <summary>Names that are a whole part of a path.</summary>
    public static readonly FrozenSet<string> Parts = new[]
    {
        "", ".", "..", "proc", "self", "sys", "fs", "cgroup", "cgroup.procs", "mountinfo", "statm", "status", "meminfo", "vmstat", "kernel", "mm",
        "osrelease", "pressure", "transparent_hugepage", "enabled", "memory.max", "memory.current", "memory.stat", "memory.high",
        "memory.swap.current", "memory.swap.max", "memory.events", "memory.pressure", "memory.limit_in_bytes", "memory.usage_in_bytes",
        "memory.kmem.usage_in_bytes", "memory.oom_control", "memory.use_hierarchy", "memory", "cpu", "cpuacct", "cpu,cpuacct", "cpuset", "blkio",
        "devices", "freezer", "net_cls", "net_prio", "net_cls,net_prio", "perf_event", "hugetlb", "pids", "rdma", "misc", "systemd", "unified",
        "etc", "var", "lib", "lib64", "bin", "sbin", "run", "lock", "shm", "dev", "pts", "mqueue", "console", "tmp", "hosts", "hostname",
        "resolv.conf", "termination-log", "secrets", "kubernetes.io", "serviceaccount", "usr", "home", "root", "mnt", "opt", "srv", "boot", "data",
        "log", "cache", "security", "debug", "tracing", "config", "bpf", "pstore", "firmware", "efi", "efivars", "binfmt_misc", "hugepages", "acpi",
        "bus", "irq", "scsi", "asound", "kcore", "keys", "timer_list", "sysrq-trigger", "latency_stats", "sched_debug", "virtual", "powercap",
        "containers", "volumes", "overlay2", "_data", "docker", "containerd", "kubelet", "pods", "lxc", "lxcfs", "init.scope", "system.slice",
        "user.slice", "machine.slice", "kubepods", "kubepods.slice", "besteffort", "burstable", "guaranteed", "libpod_parent", "podman", "ecs",
        "lxc.payload", "app.slice", "session.slice", "user", "service", "buildkit", "actions_job",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Words within a part of a path, such as those of <c>docker-0123.scope</c>.</summary>
    public static readonly FrozenSet<string> Words = new[]
    {
        "docker", "cri", "containerd", "crio", "conmon", "libpod", "podman", "kubepods", "besteffort", "burstable", "guaranteed", "pod", "slice", "scope",
        "service", "mount", "socket", "swap", "user", "session", "app", "init", "system", "machine", "lxc", "payload", "monitor", "run", "systemd",
        "buildkit", "ecs", "nomad", "garden", "dbus", "memory",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>File systems and devices as the source of a mount, and the options that have no value.</summary>
    public static readonly FrozenSet<string> MountWords = new[]
    {
        "", "none", "cgroup", "cgroup2", "proc", "sysfs", "tmpfs", "ramfs", "devtmpfs", "devpts", "mqueue", "overlay", "shm", "udev", "bpf", "pstore",
        "efivarfs", "securityfs", "debugfs", "tracefs", "configfs", "fusectl", "hugetlbfs", "binfmt_misc", "lxcfs", "fuse.lxcfs", "systemd-1", "autofs",
        "rpc_pipefs", "nsfs", "ext2", "ext3", "ext4", "xfs", "btrfs", "zfs", "f2fs", "vfat", "squashfs", "iso9660", "9p", "virtiofs", "nfs", "nfs4",
        "cifs", "ceph", "fuse", "aufs", "rw", "ro", "relatime", "noatime", "nosuid", "nodev", "noexec", "nsdelegate", "memory_recursiveprot",
        "memory_localevents", "memory_hugetlb_accounting", "favordynmods", "discard", "cpu", "cpuacct", "cpuset", "memory", "devices", "freezer",
        "net_cls", "net_prio", "blkio", "perf_event", "hugetlb", "pids", "rdma", "misc", "xattr", "clone_children", "name=systemd", "seclabel",
        "inode64", "dax", "resv_strict", "lowerdir", "upperdir", "workdir", "index", "xino", "metacopy", "redirect_dir", "gid", "uid", "resuid", "resgid",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Options of a mount whose value is a number that belongs to nobody.</summary>
    public static readonly FrozenSet<string> SizeOptions =
        new[] { "size", "nr_inodes", "nr_blocks", "mode", "ptmxmode" }.ToFrozenSet(StringComparer.Ordinal);
}
