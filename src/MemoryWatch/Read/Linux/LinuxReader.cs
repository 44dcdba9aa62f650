using System.Runtime.CompilerServices;
using MemoryWatch.Files;

namespace MemoryWatch.Read;

/// <summary>Reads <c>/proc</c> and the cgroup through handles that are kept open.</summary>
internal sealed class LinuxReader : IMemoryReader
{
    // Holds the longest files, a memory.stat of some 2 KB or a vmstat of some 8 KB, with space for growth.
    private const int BufferSize = 16 * 1024;

    private readonly IFiles _files;
    private readonly LinuxProcessReader _process;
    private readonly CgroupReader _container;
    private readonly LinuxMachineReader _machine;
    private readonly ProcessEntryCounts _entries;
    private readonly ManagedReader _managed;

    public LinuxReader(TimeProvider time, LinuxSource? source = null)
    {
        source ??= new LinuxSource();
        _files = source.Files;
        _process = new LinuxProcessReader(source);
        _container = new CgroupReader(source);
        _machine = new LinuxMachineReader(source);
        _entries = new ProcessEntryCounts(source);
        _managed = new ManagedReader(time);
        ThreadTimes = source.IsOwnProcess ? new LinuxThreadTimes(source) : null;
    }

    /// <inheritdoc/>
    public IThreadTimes? ThreadTimes { get; }

    /// <inheritdoc/>
    public MemoryGroup? Group => _container.Group;

    /// <inheritdoc/>
    public long? ReadResidentBytes() => _process.ReadResidentBytes();

    /// <inheritdoc/>
    [SkipLocalsInit]
    public MemoryReading Read()
    {
        Span<byte> buffer = stackalloc byte[BufferSize];

        // The machine first: what is above its memory is implausible.
        var managed = _managed.Read();
        var machine = _machine.Read(managed, _managed.MachineLoadBytes, buffer, out var kernel, out var machineGaps);
        var process = _process.Read(machine.TotalBytes, buffer, out var processGaps);
        var surroundings = new Surroundings(process.ResidentBytes, machine.TotalBytes, kernel);
        return new MemoryReading
        {
            Process = process,
            Managed = managed,
            Container = _container.Read(surroundings, buffer, out var containerGaps),
            Machine = machine,
            Gaps = processGaps | containerGaps | machineGaps,
        };
    }

    /// <inheritdoc/>
    public KernelLog? ReadKernelLog() => KernelLog.Read(_files);

    /// <inheritdoc/>
    public long? ReadThreads() => _entries.ReadThreads();

    /// <inheritdoc/>
    public long? ReadOpenFiles() => _entries.ReadOpenFiles();

    /// <summary>Closes the handles. A later quick reading on another thread returns <see langword="null"/>.</summary>
    public void Dispose()
    {
        _process.Dispose();
        _container.Dispose();
        _machine.Dispose();
    }
}
