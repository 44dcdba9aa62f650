namespace MemoryWatch.Read;

/// <summary>All values that a reader reads at one moment.</summary>
internal readonly struct MemoryReading
{
    public ProcessReading Process { get; init; }

    public ManagedReading Managed { get; init; }

    public ContainerReading Container { get; init; }

    public MachineReading Machine { get; init; }

    /// <summary>The numbers that could not be read, and for which another number stands in.</summary>
    public ReadingGaps Gaps { get; init; }
}
