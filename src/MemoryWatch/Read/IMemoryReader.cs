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
    /// The other processes in the process's own cgroup as the last full reading found it; <see langword="null"/> if they cannot be read. Callers take
    /// turns, with those of <see cref="Read"/> too.
    /// </summary>
    ContainerProcesses? ReadContainerProcesses() => null;

    /// <summary>
    /// What the C library says of the native heap; <see langword="null"/> if it says nothing. It may take milliseconds. Thread-safe.
    /// </summary>
    NativeHeapReading? ReadNativeHeap() => null;

    /// <summary>Whether <see cref="TrimNativeHeap"/> can do anything.</summary>
    bool CanTrimNativeHeap => false;

    /// <summary>Has the C library return free native memory to the system. It may take milliseconds, and longer with a large heap. Thread-safe.</summary>
    void TrimNativeHeap()
    {
        // Not every C library can.
    }

    /// <summary>
    /// Where the files of a folder are stored; <see langword="null"/> if the system does not report it. A disk may hang. Thread-safe.
    /// </summary>
    WatchedFolder? ReadFolder(string path) => null;

    /// <summary>
    /// Reads which threads had the processor; <see langword="null"/> if the system does not report it. For the watch thread only.
    /// </summary>
    IThreadTimes? ThreadTimes => null;
}
