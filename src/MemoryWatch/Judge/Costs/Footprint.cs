namespace MemoryWatch.Judge;

/// <summary>
/// The managed and native memory that the program uses, without what the GC holds free. Committed memory was measured at the last GC: what the
/// heap has outgrown since then is not native memory.
/// </summary>
internal static class Footprint
{
    /// <summary>The heap in use plus native memory, in bytes; <see langword="null"/> if either is unknown.</summary>
    public static long? Bytes(MemorySnapshot snapshot) => snapshot.Managed.HeapBytes + NativeBytes(snapshot);

    /// <summary>Memory outside of the GC, in bytes; of all resident memory on systems that do not distinguish anonymous memory.</summary>
    public static long? NativeBytes(MemorySnapshot snapshot) =>
        (snapshot.Process.AnonymousBytes ?? snapshot.Process.ResidentBytes) is { } anonymous && snapshot.Managed.HeapBytes is { } heap
            ? Math.Max(0, anonymous - Math.Max(snapshot.Managed.CommittedBytes ?? 0, heap))
            : null;
}
