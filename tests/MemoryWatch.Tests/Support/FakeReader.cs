using MemoryWatch.Read;

namespace MemoryWatch.Tests.Support;

/// <summary>A machine that says what a test has it say, from any thread.</summary>
internal sealed class FakeReader : IMemoryReader
{
    // Boxed, so that a number and whether there is one change in one go.
    private volatile object? _resident = Bytes.Megabytes(100);

    /// <summary>Resident memory, of the quick reading and of the full one; absent for unreadable.</summary>
    public long? Resident
    {
        get => (long?)_resident;
        set => _resident = value;
    }

    public double ResidentMegabytes
    {
        get => Resident!.Value / 1048576d;
        set => Resident = (long)(value * 1048576);
    }

    /// <summary>What quick readings say, where they are to differ from the full one.</summary>
    public Func<double>? QuickMegabytes { get; set; }

    /// <summary>Everything else of the full reading.</summary>
    public MemoryReading Reading { get; set; } = new() { Process = new() { VirtualBytes = Bytes.Megabytes(1024) } };

    public ManagedReading Managed
    {
        set => Reading = Reading with { Managed = value };
    }

    public ContainerReading Container
    {
        set => Reading = Reading with { Container = value };
    }

    public MemoryGroup? Group { get; set; }

    public long? Threads { get; set; } = 8;

    public long? OpenFiles { get; set; } = 15;

    /// <summary>Thrown by the full reading, where set: real readers never throw.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Who else is in the container, at each reading anew.</summary>
    public Func<ContainerProcesses?> Others { get; set; } = static () => null;

    public Func<NativeHeapReading?> NativeHeap { get; set; } = static () => null;

    public Func<string, WatchedFolder?> Folder { get; set; } = static _ => null;

    /// <summary>A native heap that can be trimmed, where there is one.</summary>
    public FakeNativeHeap? Native { get; set; }

    public bool IsDisposed { get; private set; }

    public long? ReadResidentBytes() => QuickMegabytes is { } quick ? (long)(quick() * 1048576) : Resident;

    public MemoryReading Read() => Failure is { } failure
        ? throw failure
        : Reading with { Process = Reading.Process with { ResidentBytes = Resident } };

    public KernelLog? ReadKernelLog() => null;

    public ContainerProcesses? ReadContainerProcesses() => Others();

    public NativeHeapReading? ReadNativeHeap() => NativeHeap();

    public bool CanTrimNativeHeap => Native is not null;

    public void TrimNativeHeap() => Native?.Trim();

    public WatchedFolder? ReadFolder(string path) => Folder(path);

    public long? ReadThreads() => Threads;

    public long? ReadOpenFiles() => OpenFiles;

    public void Dispose() => IsDisposed = true;
}
