namespace MemoryWatch;

/// <summary>
/// The parts of resident memory, in bytes; <see langword="null"/> if a part is unknown. It is an estimate: the managed part was measured at the
/// last GC, so a growing heap looks native until the next GC.
/// </summary>
/// <example>
/// <code>
/// MemorySplit split = watch.Current.Split;
/// Console.WriteLine($"Managed live {split.ManagedLiveBytes >> 20} MB, GC overhead {split.ManagedOverheadBytes >> 20} MB, native {split.NativeBytes >> 20} MB");
/// </code>
/// </example>
public readonly struct MemorySplit
{
    private MemorySplit(in ProcessReading process, in ManagedReading managed)
    {
        SharedBytes = process.SharedBytes;
        FileBackedBytes = process.FileBackedBytes;
        ManagedLiveBytes = managed.LiveBytes;
        if (process.AnonymousBytes is { } anonymous && managed is { LiveBytes: { } live, CommittedBytes: { } committed })
        {
            ManagedOverheadBytes = Math.Max(0, Math.Min(committed, anonymous) - live);
            NativeBytes = Math.Max(0, anonymous - live - ManagedOverheadBytes.Value);
        }
    }

    /// <summary>Live objects at the last GC.</summary>
    public long? ManagedLiveBytes { get; }

    /// <summary>Memory that the GC holds beyond live objects: free space, and room for new allocations.</summary>
    public long? ManagedOverheadBytes { get; }

    /// <summary>Anonymous memory outside of the GC: malloc, stacks, the runtime itself.</summary>
    public long? NativeBytes { get; }

    /// <summary>Shared memory.</summary>
    public long? SharedBytes { get; }

    /// <summary>Mapped files.</summary>
    public long? FileBackedBytes { get; }

    /// <summary>
    /// Returns one line, such as <c>managed live 30.0 MB, GC overhead 30.0 MB, native 60.0 MB, shared 11.8 MB, file-backed 40.0 MB</c>.
    /// </summary>
    public override string ToString() =>
        $"managed live {MemoryText.Megabytes(ManagedLiveBytes)}, GC overhead {MemoryText.Megabytes(ManagedOverheadBytes)}, native {MemoryText.Megabytes(NativeBytes)}, shared {MemoryText.Megabytes(SharedBytes)}, file-backed {MemoryText.Megabytes(FileBackedBytes)}";

    internal static MemorySplit Of(in ProcessReading process, in ManagedReading managed) => new(process, managed);
}
