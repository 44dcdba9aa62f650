namespace MemoryWatch;

/// <summary>
/// Raised when the GC holds so much free memory that a large object no longer fits below the GC's limit, although much less than the limit is
/// occupied. It raises no zone. An aggressive GC returns that memory.
/// </summary>
/// <param name="managed">The numbers of the heap when the alert was raised.</param>
public sealed class HeldHeapAlert(ManagedReading managed) : MemoryAlert("held_heap", AlertSeverity.Warning)
{
    /// <summary>The numbers of the heap when the alert was raised.</summary>
    public ManagedReading Managed { get; } = managed;

    /// <summary>Memory that the GC holds without using it, in bytes: committed minus occupied, at least 0.</summary>
    public long HeldBytes { get; } = Math.Max(0, (managed.CommittedBytes ?? 0) - (managed.OccupiedBytes ?? 0));

    /// <summary>Returns one line, such as <c>held_heap: 118.0 MB held, 71.0 MB occupied of 192 MB</c>.</summary>
    public override string ToString() =>
        $"{Kind}: {MemoryText.Megabytes(HeldBytes)} held, {MemoryText.Megabytes(Managed.OccupiedBytes)} occupied of {MemoryText.Limit(Managed.HeapLimitBytes)}";
}
