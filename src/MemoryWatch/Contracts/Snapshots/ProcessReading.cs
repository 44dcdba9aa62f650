namespace MemoryWatch;

/// <summary>
/// Memory of this process as the operating system counts it, in bytes. A number that could not be read is absent
/// (<see langword="null"/>), never 0.
/// </summary>
public readonly struct ProcessReading
{
    /// <summary>
    /// Physical memory in use (resident set, "RSS"). On Linux from <c>/proc/self/statm</c>, which newer kernels keep
    /// in per-CPU batches: it can be off by tens of KB on small machines and by more on many-core hosts.
    /// </summary>
    public long? ResidentBytes { get; init; }

    /// <summary>Address space reserved, used or not. On Linux from <c>/proc/self/statm</c>.</summary>
    public long? VirtualBytes { get; init; }

    /// <summary>
    /// Resident memory that belongs to no file (heaps, stacks): what only this process's end or its own freeing gives
    /// back. On Linux <c>RssAnon</c> of <c>/proc/self/status</c>.
    /// </summary>
    public long? AnonymousBytes { get; init; }

    /// <summary>Resident memory that maps files (assemblies, libraries). On Linux <c>RssFile</c> of <c>/proc/self/status</c>.</summary>
    public long? FileBackedBytes { get; init; }

    /// <summary>Resident shared memory (shm, tmpfs mappings). On Linux <c>RssShmem</c> of <c>/proc/self/status</c>.</summary>
    public long? SharedBytes { get; init; }

    /// <summary>Memory of this process that was moved to swap. On Linux <c>VmSwap</c> of <c>/proc/self/status</c>.</summary>
    public long? SwappedBytes { get; init; }

    /// <summary>One line: <c>resident 171.8 MB (anonymous 120.0 MB, file-backed 40.0 MB, shared 11.8 MB)</c>.</summary>
    public override string ToString() => 
        $"resident {MemoryText.Megabytes(ResidentBytes)} (anonymous {MemoryText.Megabytes(AnonymousBytes)}, file-backed {MemoryText.Megabytes(FileBackedBytes)}, shared {MemoryText.Megabytes(SharedBytes)})";
}
