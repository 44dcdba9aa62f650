namespace MemoryWatch.Judge;

/// <summary>The parts that a change of memory is split into, in bytes.</summary>
internal readonly record struct MemoryParts(
    long ResidentBytes, long? ManagedBytes, long? NativeBytes, long? SharedBytes, long? FileBackedBytes, long? AllocatedBytes)
{
    /// <summary><see langword="null"/> if resident memory could not be read.</summary>
    public static MemoryParts? Of(MemorySnapshot snapshot) => snapshot.Process.ResidentBytes is { } resident
        ? new(
            resident,
            Managed(snapshot),
            snapshot.Process.AnonymousBytes - Managed(snapshot),
            snapshot.Process.SharedBytes,
            snapshot.Process.FileBackedBytes,
            snapshot.Managed.TotalAllocatedBytes)
        : null;

    /// <summary>
    /// A copy with each part limited to 0 to <paramref name="most"/>, so that differences between values from a damaged file do not overflow.
    /// </summary>
    public MemoryParts Within(long most) => new(
        Math.Clamp(ResidentBytes, 0, most), Within(ManagedBytes, most), Within(NativeBytes, most), Within(SharedBytes, most),
        Within(FileBackedBytes, most), Within(AllocatedBytes, most));

    private static long? Within(long? bytes, long most) => bytes is { } known ? Math.Clamp(known, 0, most) : null;

    /// <summary>
    /// The GC's committed bytes date from its last GC and are outdated while the heap grows. The heap in use with its gaps is then larger, and
    /// shows the growth at once. The result never exceeds anonymous memory.
    /// </summary>
    private static long? Managed(MemorySnapshot snapshot)
    {
        var heap = snapshot.Managed;
        return heap.HeapBytes is { } used
            ? Math.Min(
                Math.Max(heap.CommittedBytes ?? 0, used + (heap.FragmentedBytes ?? 0)),
                snapshot.Process.AnonymousBytes ?? long.MaxValue)
            : null;
    }
}
