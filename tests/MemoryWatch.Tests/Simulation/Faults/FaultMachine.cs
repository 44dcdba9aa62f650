using System.Globalization;
using MemoryWatch.Tests.Read;
using MemoryWatch.Tests.Support;
using static MemoryWatch.Tests.Read.CgroupFixtures;

namespace MemoryWatch.Tests.Simulation.Faults;

/// <summary>A machine with one container, and the numbers that a reading of it must come to.</summary>
internal sealed class FaultMachine : IDisposable
{
    public const long Limit = 512 * MB;
    public const long Total = 8192 * MB;
    public const long Available = 5120 * MB;

    private const long InactiveFile = 20 * MB;
    private const long ActiveFile = 10 * MB;
    private const string Group = "/app";

    private readonly int _version;

    public FaultMachine(int version)
    {
        _version = version;
        _ = version == 1 ? Machine.OnVersion1(Group) : Machine.OnVersion2(Group);
        Machine
            .With("/proc/meminfo", "MemTotal:        8388608 kB\nMemFree:         4194304 kB\nMemAvailable:    5242880 kB\nBuffers:          102400 kB\nCached:           409600 kB\nShmem:              1024 kB\nSReclaimable:      10240 kB\nSUnreclaim:        10240 kB\n")
            .With("/proc/vmstat", "nr_free_pages 1\noom_kill 7\n")
            .With("/proc/self/task/1/stat", "1")
            .With("/proc/self/fd/0", string.Empty)
            .With("/proc/self/fd/1", string.Empty)
            .With($"{Folder}/cgroup.procs", "1\n");
        Use(100);
    }

    public FakeMachine Machine { get; } = new();

    /// <summary>What the container uses without its page cache, and the process's resident memory: 10 MB less.</summary>
    public long Used { get; private set; }

    public long Resident => Used - (10 * MB);

    private string Folder => (_version == 1 ? Version1 : Version2) + Group;

    public void Use(int megabytes)
    {
        Used = Bytes.Megabytes(megabytes);
        var pages = Resident / 4096;
        Machine
            .With("/proc/self/statm", $"300000 {pages} 2048 17 0 80000 0\n")
            .With("/proc/self/status", $"Name:\tapp\nVmRSS:\t{Resident / 1024} kB\nRssAnon:\t{(Resident / 1024) - 8192} kB\nRssFile:\t{8192} kB\nRssShmem:\t0 kB\nVmSwap:\t0 kB\n");
        var usage = Used + InactiveFile + ActiveFile;
        _ = _version == 1
            ? Machine.WithVersion1Group(Folder, Limit, usage, InactiveFile, ActiveFile, inheritedLimit: Limit)
            : Machine.WithVersion2Group(Folder, Limit.ToString(CultureInfo.InvariantCulture), usage, InactiveFile, ActiveFile);
    }

    public void Dispose() => Machine.Dispose();
}
