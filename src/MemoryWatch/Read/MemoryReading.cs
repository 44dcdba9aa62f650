namespace MemoryWatch.Read;

/// <summary>Everything that the machine says at one moment.</summary>
internal readonly struct MemoryReading
{
    public ProcessReading Process { get; init; }

    public ManagedReading Managed { get; init; }

    public ContainerReading Container { get; init; }

    public MachineReading Machine { get; init; }
}
