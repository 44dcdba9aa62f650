namespace MemoryWatch.Track;

/// <summary>Adds up the bytes attributed and charged to an operation. Thread-safe.</summary>
internal struct OperationLedger
{
    // Far above any allocated amount. It is added at the end, so each later addition shows that it came after the end.
    private const long Closed = 1L << 62;

    private long _allocated;
    private long _selfAllocated;
    private long _charged;
    private long _selfCharged;

    public readonly OperationAllocation Read() => new()
    {
        AllocatedBytes = Volatile.Read(in _allocated) & (Closed - 1),
        SelfAllocatedBytes = Volatile.Read(in _selfAllocated),
        ChargedBytes = Volatile.Read(in _charged),
        SelfChargedBytes = Volatile.Read(in _selfCharged),
    };

    /// <summary>Marks the end of the operation.</summary>
    /// <returns>The amounts added before the end.</returns>
    public OperationAllocation Close() => Read() with { AllocatedBytes = Interlocked.Add(ref _allocated, Closed) - Closed };

    /// <param name="bytes">The bytes to add.</param>
    /// <param name="isLate">Whether the addition came after the end.</param>
    /// <returns>The sum so far.</returns>
    public long AddAllocated(long bytes, out bool isLate)
    {
        var sum = Interlocked.Add(ref _allocated, bytes);
        isLate = sum >= Closed;
        return sum & (Closed - 1);
    }

    public void AddSelfAllocated(long bytes) => Interlocked.Add(ref _selfAllocated, bytes);

    public void AddCharged(long bytes) => Interlocked.Add(ref _charged, bytes);

    public void AddSelfCharged(long bytes) => Interlocked.Add(ref _selfCharged, bytes);
}
