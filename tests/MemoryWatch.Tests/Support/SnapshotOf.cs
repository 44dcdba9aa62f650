namespace MemoryWatch.Tests.Support;

/// <summary>Snapshots with the few numbers that a test is about, in megabytes.</summary>
internal static class SnapshotOf
{
    public static MemorySnapshot Usage(double? used, double? limit = 512) => new()
    {
        Usage = new() { UsedBytes = ToBytes(used), LimitBytes = ToBytes(limit), Source = LimitSource.Container },
    };

    public static MemorySnapshot Resident(double? resident, double? peak = null, double? limit = 512) => new()
    {
        Process = new() { ResidentBytes = ToBytes(resident) },
        PeakResidentBytes = ToBytes(peak ?? resident),
        Usage = new() { UsedBytes = ToBytes(resident), LimitBytes = ToBytes(limit), Source = LimitSource.Setting },
    };

    public static MemorySnapshot Metrics(MetricDefinition[] definitions, params long?[] values) => new()
    {
        Metrics = new(definitions, values),
    };

    /// <summary>The same snapshot with some other parts.</summary>
    public static MemorySnapshot With(
        this MemorySnapshot snapshot, MemoryZone? zone = null, SnapshotTrigger? trigger = null, ManagedReading? managed = null,
        ContainerReading? container = null, MachineReading? machine = null, MetricValues? metrics = null, OperationContext? context = null,
        MemoryUsage? usage = null, ProcessReading? process = null, long? peak = null) => new()
    {
        Time = snapshot.Time,
        Trigger = trigger ?? snapshot.Trigger,
        Zone = zone ?? snapshot.Zone,
        Operation = snapshot.Operation,
        Context = context ?? snapshot.Context,
        Usage = usage ?? snapshot.Usage,
        Process = process ?? snapshot.Process,
        PeakResidentBytes = peak ?? snapshot.PeakResidentBytes,
        Managed = managed ?? snapshot.Managed,
        Container = container ?? snapshot.Container,
        Machine = machine ?? snapshot.Machine,
        Metrics = metrics ?? snapshot.Metrics,
    };

    private static long? ToBytes(double? megabytes) => megabytes is { } value ? Bytes.Megabytes(value) : null;
}
