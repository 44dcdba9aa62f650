using System.Runtime.CompilerServices;
using MemoryWatch.Files;

namespace MemoryWatch.Read;

/// <summary>Reads <c>/proc</c> and the cgroup through handles that are kept open.</summary>
internal sealed class LinuxReader : IMemoryReader
{
    // Holds the longest files, a memory.stat of some 2 KB or a vmstat of some 8 KB, with space for growth.
    private const int BufferSize = 16 * 1024;

    private readonly LinuxSource _source;
    private readonly TimeProvider _time;
    private readonly LinuxProcessReader _process;
    private readonly CgroupReader _container;
    private readonly LinuxMachineReader _machine;
    private readonly ProcessEntryCounts _entries;
    private readonly ManagedReader _managed;
    private readonly ContainerProcessReader _processes;

    public LinuxReader(TimeProvider time, LinuxSource? source = null)
    {
        source ??= new LinuxSource();
        (_source, _time) = (source, time);
        _process = new LinuxProcessReader(source);
        _container = new CgroupReader(source);
        _machine = new LinuxMachineReader(source);
        _entries = new ProcessEntryCounts(source);
        _managed = new ManagedReader(time);
        _processes = new ContainerProcessReader(source, time);
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
    public KernelLog? ReadKernelLog() => KernelLog.Read(_source.Files);

    /// <inheritdoc/>
    public long? ReadThreads() => _entries.ReadThreads();

    /// <inheritdoc/>
    public long? ReadOpenFiles() => _entries.ReadOpenFiles();

    /// <inheritdoc/>
    [SkipLocalsInit]
    public ContainerProcesses? ReadContainerProcesses()
    {
        Span<byte> buffer = stackalloc byte[BufferSize];
        return _container.ReadProcesses(buffer, out var isWhole) is { IsEmpty: false } list ? _processes.Read(list, isWhole) : null;
    }

    /// <inheritdoc/>
    public NativeHeapReading? ReadNativeHeap()
    {
        var text = new NativeHeapText();
        return _source.IsOwnProcess && HeapInfo.TryRead(text.Add) ? text.Read(_time.GetUtcNow()) : null;
    }

    /// <inheritdoc/>
    public bool CanTrimNativeHeap => _source.IsOwnProcess && HeapTrim.IsAvailable;

    /// <inheritdoc/>
    public void TrimNativeHeap() => HeapTrim.Run();

    /// <inheritdoc/>
    public WatchedFolder? ReadFolder(string path) => new FolderReader(_source).Read(path);

    /// <summary>Closes the handles. A later quick reading on another thread returns <see langword="null"/>.</summary>
    public void Dispose()
    {
        _process.Dispose();
        _container.Dispose();
        _machine.Dispose();
    }
}
