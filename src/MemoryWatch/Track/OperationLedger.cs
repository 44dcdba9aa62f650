namespace MemoryWatch.Track;

/// <summary>Adds up what is charged to an operation. Thread-safe.</summary>
internal struct OperationLedger
{
    // Far above all that is ever allocated: added at the end, it tells every addition whether it came before that.
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

    /// <summary>Marks the end.</summary>
    /// <returns>What was added before it.</returns>
    public OperationAllocation Close() => Read() with { AllocatedBytes = Interlocked.Add(ref _allocated, Closed) - Closed };

    /// <param name="bytes">What to add.</param>
    /// <param name="isLate">Whether the end came before it.</param>
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
