namespace MemoryWatch.Judge;

/// <summary>The parts that a change of memory is split into, in bytes.</summary>
internal readonly record struct MemoryParts(
    long ResidentBytes, long? ManagedBytes, long? NativeBytes, long? SharedBytes, long? FileBackedBytes, long? AllocatedBytes)
{
    /// <summary>Used memory of the container or the machine; <see langword="null"/> if what is outside of this process is unknown.</summary>
    public long? UsedBytes { get; init; }

    /// <summary>The part of used memory that is outside of this process.</summary>
    public long? OutsideBytes { get; init; }

    /// <summary>Which limit the used memory is compared with. Used memory of two sources cannot be compared.</summary>
    public LimitSource Source { get; init; }

    /// <summary>All memory that a cause may have to explain.</summary>
    public long TotalBytes => ResidentBytes + (OutsideBytes ?? 0);

    /// <summary>
    /// Resident memory that the process got page by page, each when a thread first touched it. Mapped files are left out: they come in larger pieces.
    /// </summary>
    public long TouchedBytes => ResidentBytes - (FileBackedBytes ?? 0);

    /// <summary><see langword="null"/> if resident memory could not be read.</summary>
    public static MemoryParts? Of(MemorySnapshot snapshot) => snapshot.Process.ResidentBytes is { } resident
        ? new(
            resident,
            Managed(snapshot),
            snapshot.Process.AnonymousBytes - Managed(snapshot),
            snapshot.Process.SharedBytes,
            snapshot.Process.FileBackedBytes,
            snapshot.Managed.TotalAllocatedBytes)
        {
            UsedBytes = Outside(snapshot) is null ? null : snapshot.Usage.UsedBytes,
            OutsideBytes = Outside(snapshot),
            Source = snapshot.Usage.Source,
        }
        : null;

    /// <summary>Whether the zone of this snapshot is judged by memory that is not only this process's.</summary>
    public static bool IsJudgedByUsed(MemorySnapshot snapshot) =>
        snapshot.Governing.Source is LimitSource.Container or LimitSource.Throttling or LimitSource.Machine;

    /// <summary>
    /// A copy with each part limited to 0 to <paramref name="most"/>, so that differences between values from a damaged file do not overflow.
    /// </summary>
    public MemoryParts Within(long most) => new(
        Math.Clamp(ResidentBytes, 0, most), Within(ManagedBytes, most), Within(NativeBytes, most), Within(SharedBytes, most),
        Within(FileBackedBytes, most), Within(AllocatedBytes, most))
    {
        UsedBytes = Within(UsedBytes, most),
        OutsideBytes = Within(OutsideBytes, most),
        Source = Source,
    };

    private static long? Within(long? bytes, long most) => bytes is { } known ? Math.Clamp(known, 0, most) : null;

    private static long? Outside(MemorySnapshot snapshot) => snapshot.Usage.Source switch
    {
        LimitSource.Container or LimitSource.Throttling => snapshot.RestOfContainerBytes,
        LimitSource.Machine when snapshot.Usage.Precision == UsagePrecision.Exact
            && snapshot.Usage.UsedBytes - snapshot.Process.AnonymousBytes - (snapshot.Process.SharedBytes ?? 0) is { } rest => Math.Max(0, rest),
        _ => null,
    };

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
