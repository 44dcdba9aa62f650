namespace MemoryWatch.Read;

/// <summary>
/// Takes snapshots: the machine's numbers and the application's, and which pair of them governs. They have no zone yet, which is for a judge
/// to say before anybody else sees them.
/// </summary>
internal sealed class Sampler(IMemoryReader reader, ResidentProbe probe, MetricBoard builtInMetrics, TimeProvider time)
{
    // Readers and metrics serve one caller at a time: the watch thread, or an application that asks for a snapshot.
    private readonly object _turn = new();
    private MetricBoard _metrics = builtInMetrics;

    /// <summary>Shows the application's metrics too, from the next snapshot on.</summary>
    public void Use(MetricBoard metrics)
    {
        lock (_turn)
        {
            _metrics = metrics;
        }
    }

    /// <summary>The watch's own reading; takes the peak since the one before with it.</summary>
    /// <param name="limitSetting">The <c>Limit</c> setting in force.</param>
    public MemorySnapshot Tick(long? limitSetting)
    {
        lock (_turn)
        {
            var reading = reader.Read();
            return Take(reading, limitSetting, Highest(reading.Process.ResidentBytes, probe.TakePeak()));
        }
    }

    /// <summary>A reading for the application. Its resident memory counts for the peak of the next tick.</summary>
    public MemorySnapshot Take(long? limitSetting, string operation, in OperationContext context)
    {
        lock (_turn)
        {
            var reading = reader.Read();
            probe.Note(reading.Process.ResidentBytes);
            return Take(reading, limitSetting, reading.Process.ResidentBytes, SnapshotTrigger.Explicit, operation, context);
        }
    }

    private MemorySnapshot Take(
        in MemoryReading reading, long? limitSetting, long? peak,
        SnapshotTrigger trigger = SnapshotTrigger.Tick, string operation = "", OperationContext context = default) => new()
    {
        Time = time.GetUtcNow(),
        Trigger = trigger,
        Operation = operation,
        Context = context,
        Usage = Governing(reading, limitSetting),
        Process = reading.Process,
        PeakResidentBytes = peak,
        Managed = reading.Managed,
        Container = reading.Container,
        Machine = reading.Machine,
        Metrics = _metrics.Read(),
    };

    private static MemoryUsage Governing(in MemoryReading reading, long? limitSetting)
    {
        if (limitSetting is { } setting)
        {
            return new() { UsedBytes = reading.Process.ResidentBytes, LimitBytes = setting, Source = LimitSource.Setting };
        }

        // A container may be allowed more than there is; then the machine is what runs out.
        if (reading.Container.LimitBytes is { } limit && !(limit > reading.Machine.TotalBytes))
        {
            return new() { UsedBytes = reading.Container.UsedBytes, LimitBytes = limit, Source = LimitSource.Container };
        }

        return reading.Machine.TotalBytes is { } total
            ? new() { UsedBytes = total - reading.Machine.AvailableBytes, LimitBytes = total, Source = LimitSource.Machine }
            : default;
    }

    private static long? Highest(long? one, long? other) => one is null || other > one ? other : one;
}
