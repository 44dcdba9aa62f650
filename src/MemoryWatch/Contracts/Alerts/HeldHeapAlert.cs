namespace MemoryWatch;

/// <summary>
/// Raised when the GC holds so much free memory that a large object no longer fits below the GC's limit, although much less than the limit is
/// occupied. It raises no zone. An aggressive GC returns that memory.
/// </summary>
/// <param name="managed">The numbers of the heap when the alert was raised.</param>
/// <param name="heldBytes">Memory that the GC holds and large objects cannot use, in bytes.</param>
/// <example>
/// <code>
/// if (alert is HeldHeapAlert held)
/// {
///     logger.LogWarning("The GC holds {Bytes} bytes that large objects cannot use", held.HeldBytes);
///     GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
/// }
/// </code>
/// </example>
public sealed class HeldHeapAlert(ManagedReading managed, long heldBytes) : MemoryAlert("held_heap", AlertSeverity.Warning)
{
    /// <summary>The numbers of the heap when the alert was raised.</summary>
    public ManagedReading Managed { get; } = managed;

    /// <summary>
    /// Memory that the GC holds and large objects cannot use, in bytes: committed memory minus the generations of small objects and the largest
    /// size that the large object heap has had.
    /// </summary>
    public long HeldBytes { get; } = heldBytes;

    /// <summary>Returns one line, such as <c>held_heap: 118.0 MB held, 71.0 MB occupied of 192 MB</c>.</summary>
    public override string ToString() =>
        $"{Kind}: {MemoryText.Megabytes(HeldBytes)} held, {MemoryText.Megabytes(Managed.OccupiedBytes)} occupied of {MemoryText.Limit(Managed.HeapLimitBytes)}";
}
