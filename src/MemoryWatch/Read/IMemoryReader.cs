namespace MemoryWatch.Read;

/// <summary>
/// Reads memory from the operating system, with one implementation per system. No method throws: a value that cannot be read is
/// <see langword="null"/>.
/// </summary>
internal interface IMemoryReader : IDisposable
{
    /// <summary>The quick reading of resident memory, at both ends of every scope. Thread-safe; allocates nothing.</summary>
    long? ReadResidentBytes();

    /// <summary>The full reading, for each tick and each explicit snapshot. Callers take turns.</summary>
    MemoryReading Read();

    /// <summary>The process's own cgroup as the last full reading found it; <see langword="null"/> if it has none. Thread-safe.</summary>
    MemoryGroup? Group { get; }

    /// <summary>The OOM kills in the kernel's log; <see langword="null"/> if this process may not read it.</summary>
    KernelLog? ReadKernelLog();

    /// <summary>Number of threads of this process. Callers take turns.</summary>
    long? ReadThreads();

    /// <summary>Number of open files (on systems other than Linux: handles) of this process. Callers take turns.</summary>
    long? ReadOpenFiles();

    /// <summary>
    /// Reads which threads had the processor; <see langword="null"/> if the system does not report it. For the watch thread only.
    /// </summary>
    IThreadTimes? ThreadTimes => null;
}
