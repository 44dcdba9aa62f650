namespace MemoryWatch.Judge;

/// <summary>What a change of memory is split into, in bytes.</summary>
internal readonly record struct MemoryParts(
    long ResidentBytes, long? ManagedBytes, long? NativeBytes, long? SharedBytes, long? FileBackedBytes, long? AllocatedBytes)
{
    /// <summary>Nothing where resident memory could not be read.</summary>
    public static MemoryParts? Of(MemorySnapshot snapshot) => snapshot.Process.ResidentBytes is { } resident
        ? new(
            resident,
            Managed(snapshot),
            snapshot.Process.AnonymousBytes - Managed(snapshot),
            snapshot.Process.SharedBytes,
            snapshot.Process.FileBackedBytes,
            snapshot.Managed.TotalAllocatedBytes)
        : null;

    /// <summary>The same, nothing of it below zero or above this: so that differences of what a damaged file says stay numbers.</summary>
    public MemoryParts Within(long most) => new(
        Math.Clamp(ResidentBytes, 0, most), Within(ManagedBytes, most), Within(NativeBytes, most), Within(SharedBytes, most),
        Within(FileBackedBytes, most), Within(AllocatedBytes, most));

    private static long? Within(long? bytes, long most) => bytes is { } known ? Math.Clamp(known, 0, most) : null;

    /// <summary>
    /// What the GC held at its last collection is old news while a heap grows: then the heap in use with its gaps is more, and
    /// that is told at once. Never more than there is of anonymous memory.
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
