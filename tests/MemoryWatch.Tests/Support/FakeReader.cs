using MemoryWatch.Readings;

namespace MemoryWatch.Tests.Support;

/// <summary>A machine that says what a test has it say.</summary>
internal sealed class FakeReader : IMemoryReader
{
    private long _resident;

    public double ResidentMegabytes
    {
        get => Interlocked.Read(ref _resident) / 1048576d;
        set => Interlocked.Exchange(ref _resident, (long)(value * 1048576));
    }

    /// <summary>What quick readings say, where they are to differ from the full one.</summary>
    public Func<double>? QuickMegabytes { get; set; }

    public ManagedReading Managed { get; set; }

    public ContainerReading Container { get; set; }

    public MachineReading Machine { get; set; }

    public long? Threads { get; set; } = 8;

    public long? OpenFiles { get; set; } = 15;

    /// <summary>Thrown by the full reading, where set: real readers never throw.</summary>
    public Exception? Failure { get; set; }

    public long? ReadResidentBytes() =>
        QuickMegabytes is { } quick ? (long)(quick() * 1048576) : Interlocked.Read(ref _resident);

    public MemoryReading Read() => Failure is { } failure ? throw failure : new()
    {
        Process = new() { ResidentBytes = Interlocked.Read(ref _resident), VirtualBytes = 1024 << 20 },
        Managed = Managed,
        Container = Container,
        Machine = Machine,
    };

    public long? ReadThreads() => Threads;

    public long? ReadOpenFiles() => OpenFiles;

    public void Dispose()
    {
    }
}
