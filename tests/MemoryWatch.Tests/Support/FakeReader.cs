using MemoryWatch.Readings;

namespace MemoryWatch.Tests.Support;

/// <summary>A machine whose numbers a test sets, from any thread.</summary>
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

    /// <summary>Everything else of the full reading.</summary>
    public MemoryReading Reading { get; set; }

    public long? Threads { get; set; } = 8;

    public long? OpenFiles { get; set; } = 15;

    public bool IsDisposed { get; private set; }

    public long? ReadResidentBytes() => Resident;

    public MemoryReading Read() => Reading with { Process = Reading.Process with { ResidentBytes = Resident } };

    public long? ReadThreads() => Threads;

    public long? ReadOpenFiles() => OpenFiles;

    public void Dispose() => IsDisposed = true;
}
