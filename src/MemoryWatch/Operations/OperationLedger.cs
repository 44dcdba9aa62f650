namespace MemoryWatch.Operations;

/// <summary>Adds up what is charged to an operation. Thread-safe.</summary>
internal struct OperationLedger
{
    private long _allocated;
    private long _selfAllocated;
    private long _charged;
    private long _selfCharged;

    public readonly OperationAllocation Read() => new()
    {
        AllocatedBytes = Volatile.Read(in _allocated),
        SelfAllocatedBytes = Volatile.Read(in _selfAllocated),
        ChargedBytes = Volatile.Read(in _charged),
        SelfChargedBytes = Volatile.Read(in _selfCharged),
    };

    /// <returns>The sum so far.</returns>
    public long AddAllocated(long bytes) => Interlocked.Add(ref _allocated, bytes);

    public void AddSelfAllocated(long bytes) => Interlocked.Add(ref _selfAllocated, bytes);

    public void AddCharged(long bytes) => Interlocked.Add(ref _charged, bytes);

    public void AddSelfCharged(long bytes) => Interlocked.Add(ref _selfCharged, bytes);
}
