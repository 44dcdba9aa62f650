namespace MemoryWatch.Read;

/// <summary>
/// Reads what the machine says. One per operating system. Nothing throws: what cannot be read is absent.
/// </summary>
internal interface IMemoryReader : IDisposable
{
    /// <summary>The quick reading, at both ends of every scope: resident memory. Thread-safe, allocates nothing.</summary>
    long? ReadResidentBytes();

    /// <summary>The full reading, each tick. Callers take turns.</summary>
    MemoryReading Read();

    /// <summary>The process's own memory group as the last full reading found it; absent where there is none. Thread-safe.</summary>
    MemoryGroup? Group { get; }

    /// <summary>Threads of this process. Callers take turns.</summary>
    long? ReadThreads();

    /// <summary>Open files (elsewhere than Linux: handles) of this process. Callers take turns.</summary>
    long? ReadOpenFiles();
}
