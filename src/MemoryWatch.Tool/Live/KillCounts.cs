using MemoryWatch.Read;

namespace MemoryWatch.Tool.Live;

/// <summary>
/// The OOM kills of the process's own cgroup and of the machine, through handles that stay open: when the process has ended, its folder of
/// <c>/proc</c>, by which they were found, is gone.
/// </summary>
internal sealed class KillCounts(LinuxSource source, CgroupLocation? location) : IDisposable
{
    private const int BufferSize = 16 * 1024;

    private readonly KernelFile? _group = location is not { IsExact: true } exact ? null
        : source.MountedFile($"{exact.MountPoint}{exact.Path}/{(exact.Version == 1 ? "memory.oom_control" : "memory.events")}");

    private readonly KernelFile _machine = source.File("/proc/vmstat");
    private readonly byte[] _buffer = new byte[BufferSize];

    public CgroupLocation? Location => location;

    /// <summary>Kills in the cgroup; <see langword="null"/> if they cannot be read, or the cgroup is gone.</summary>
    public long? ReadGroup() => _group is null ? null : KernelText.Value(_group.Read(_buffer), "oom_kill"u8);

    /// <summary>Kills on the machine since its start; <see langword="null"/> if they cannot be read.</summary>
    public long? ReadMachine() => KernelText.Value(_machine.Read(_buffer, isList: true), "oom_kill"u8);

    public void Dispose()
    {
        _group?.Dispose();
        _machine.Dispose();
    }
}
