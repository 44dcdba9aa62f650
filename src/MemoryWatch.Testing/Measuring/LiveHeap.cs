namespace MemoryWatch.Testing;

/// <summary>What the GC finds alive.</summary>
internal static class LiveHeap
{
    /// <summary>Collects all that is garbage, also what finalizers have released.</summary>
    public static void Collect()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
    }

    /// <summary>
    /// Bytes of the objects that survived a full blocking collection which this call forces. It is the GC's own count of that collection, so what
    /// other threads allocate afterwards is not in it.
    /// </summary>
    public static long Read()
    {
        Collect();
        return GC.GetGCMemoryInfo(GCKind.FullBlocking).PromotedBytes;
    }
}
