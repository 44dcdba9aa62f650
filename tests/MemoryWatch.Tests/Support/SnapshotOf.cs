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

    private static long? ToBytes(double? megabytes) => megabytes is { } value ? Bytes.Megabytes(value) : null;
}
