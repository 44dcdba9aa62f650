namespace MemoryWatch;

/// <summary>
/// Memory of this process as counted by the operating system, in bytes. A number that could not be read is <see langword="null"/>, never 0. On
/// other systems than Linux only resident and virtual memory are known.
/// </summary>
/// <example>
/// <code>
/// ProcessReading process = watch.Current.Process;
/// Console.WriteLine($"Resident {process.ResidentBytes >> 20} MB, of that files {process.FileBackedBytes >> 20} MB");
/// </code>
/// </example>
public readonly struct ProcessReading
{
    private readonly OptionalNumber _residentBytes;
    private readonly OptionalNumber _virtualBytes;
    private readonly OptionalNumber _anonymousBytes;
    private readonly OptionalNumber _fileBackedBytes;
    private readonly OptionalNumber _sharedBytes;
    private readonly OptionalNumber _swappedBytes;

    /// <summary>
    /// Physical memory in use (resident set, "RSS"). On Linux it comes from <c>/proc/self/statm</c>, which newer kernels keep in per-CPU
    /// batches: it can be wrong by tens of KB on small machines and by more on many-core hosts.
    /// </summary>
    public long? ResidentBytes
    {
        get => _residentBytes.Value;
        init => _residentBytes = new(value);
    }

    /// <summary>Reserved address space, used or not. On Linux it comes from <c>/proc/self/statm</c>.</summary>
    public long? VirtualBytes
    {
        get => _virtualBytes.Value;
        init => _virtualBytes = new(value);
    }

    /// <summary>
    /// Resident memory that belongs to no file (heaps, stacks). Only this process can give it back: when it frees the memory or ends. On Linux
    /// it is <c>RssAnon</c> of <c>/proc/self/status</c>; on kernels before 4.5 it is resident minus shared memory of <c>/proc/self/statm</c>.
    /// </summary>
    public long? AnonymousBytes
    {
        get => _anonymousBytes.Value;
        init => _anonymousBytes = new(value);
    }

    /// <summary>Resident memory that maps files (assemblies, libraries). On Linux it is <c>RssFile</c> of <c>/proc/self/status</c>.</summary>
    public long? FileBackedBytes
    {
        get => _fileBackedBytes.Value;
        init => _fileBackedBytes = new(value);
    }

    /// <summary>Resident shared memory (shm, tmpfs mappings). On Linux it is <c>RssShmem</c> of <c>/proc/self/status</c>.</summary>
    public long? SharedBytes
    {
        get => _sharedBytes.Value;
        init => _sharedBytes = new(value);
    }

    /// <summary>Memory of this process that was moved to swap. On Linux it is <c>VmSwap</c> of <c>/proc/self/status</c>.</summary>
    public long? SwappedBytes
    {
        get => _swappedBytes.Value;
        init => _swappedBytes = new(value);
    }

    /// <summary>Returns one line, such as <c>resident 171.8 MB (anonymous 120.0 MB, file-backed 40.0 MB, shared 11.8 MB)</c>.</summary>
    public override string ToString() => 
        $"resident {MemoryText.Megabytes(ResidentBytes)} (anonymous {MemoryText.Megabytes(AnonymousBytes)}, file-backed {MemoryText.Megabytes(FileBackedBytes)}, shared {MemoryText.Megabytes(SharedBytes)})";
}
