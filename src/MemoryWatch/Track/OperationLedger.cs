namespace MemoryWatch.Track;

/// <summary>Adds up the bytes attributed to an operation. Thread-safe.</summary>
internal struct OperationLedger
{
    // Far above any allocated amount. It is added at the end, so each later addition shows that it came after the end.
    private const long Closed = 1L << 62;

    private long _allocated;
    private long _selfAllocated;

    public readonly OperationAllocation Read() => new()
    {
        AllocatedBytes = Volatile.Read(in _allocated) & (Closed - 1),
        SelfAllocatedBytes = Volatile.Read(in _selfAllocated),
    };

    /// <summary>Marks the end of the operation.</summary>
    /// <returns>The bytes added before the end.</returns>
    public long Close() => Interlocked.Add(ref _allocated, Closed) - Closed;

    /// <param name="bytes">The bytes to add.</param>
    /// <param name="isLate">Whether the addition came after the end.</param>
    /// <returns>The sum so far.</returns>
    public long AddAllocated(long bytes, out bool isLate)
    {
        var sum = Interlocked.Add(ref _allocated, bytes);
        isLate = sum >= Closed;
        return sum & (Closed - 1);
    }

    /// <returns>The sum so far.</returns>
    public long AddSelfAllocated(long bytes) => Interlocked.Add(ref _selfAllocated, bytes);
}
