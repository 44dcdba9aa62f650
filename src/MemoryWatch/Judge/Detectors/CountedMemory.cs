namespace MemoryWatch.Judge;

/// <summary>
/// Memory of this process that counts against a limit: resident memory without mapped files, because the kernel can take their pages back at any
/// time. Where the parts of resident memory are unknown, it is resident memory without the last known size of the mapped files.
/// </summary>
/// <param name="Bytes">At the reading.</param>
/// <param name="PeakBytes">
/// The peak since the previous tick, at least <paramref name="Bytes"/>. Quick readings do not know the parts, so the mapped files of this reading
/// are subtracted from them.
/// </param>
/// <param name="FileBytes">Mapped files, as last known.</param>
internal readonly record struct CountedMemory(long Bytes, long PeakBytes, long FileBytes)
{
    /// <param name="snapshot">The numbers.</param>
    /// <param name="before">The previous reading.</param>
    /// <returns><see langword="null"/> if memory could not be read.</returns>
    public static CountedMemory? Of(MemorySnapshot snapshot, in CountedMemory before)
    {
        var process = snapshot.Process;
        var file = process.FileBackedBytes ?? before.FileBytes;
        return (process.AnonymousBytes + process.SharedBytes ?? process.ResidentBytes - file) is { } known
            ? new(Math.Max(0, known), Math.Max(Math.Max(0, known), (snapshot.PeakResidentBytes ?? 0) - file), file)
            : null;
    }
}
