namespace MemoryWatch.Read;

/// <summary>Takes snapshots: the machine's numbers and the application's, and which pair of them governs.</summary>
internal sealed class Sampler(IMemoryReader reader, ResidentProbe probe, MetricBoard builtInMetrics, TimeProvider time)
{
    // Readers and metrics serve one caller at a time: the watch thread, or an application that asks for a snapshot.
    private readonly object _turn = new();
    private MetricBoard _metrics = builtInMetrics;
    private long _limitSetting;

    /// <summary>The <c>Limit</c> setting; may change at any time.</summary>
    public long? LimitSetting
    {
        get => Volatile.Read(ref _limitSetting) is var bytes and > 0 ? bytes : null;
        set => Volatile.Write(ref _limitSetting, value ?? 0);
    }

    /// <summary>Shows the application's metrics too, from the next snapshot on.</summary>
    public void Use(MetricBoard metrics)
    {
        lock (_turn)
        {
            _metrics = metrics;
        }
    }

    /// <summary>The watch's own reading; takes the peak since the one before with it.</summary>
    public MemorySnapshot Tick()
    {
        lock (_turn)
        {
            var snapshot = Read();
            return snapshot with { PeakResidentBytes = Highest(snapshot.Process.ResidentBytes, probe.TakePeak()) };
        }
    }

    /// <summary>A reading for the application. Its resident memory counts for the peak of the next tick.</summary>
    public MemorySnapshot Take(string operation, in OperationContext context)
    {
        lock (_turn)
        {
            var snapshot = Read();
            probe.Note(snapshot.Process.ResidentBytes);
            return snapshot with
            {
                Trigger = SnapshotTrigger.Explicit,
                Operation = operation,
                Context = context,
                PeakResidentBytes = snapshot.Process.ResidentBytes,
            };
        }
    }

    private MemorySnapshot Read()
    {
        var reading = reader.Read();
        return new()
        {
            Time = time.GetUtcNow(),
            Usage = Governing(reading),
            Process = reading.Process,
            Managed = reading.Managed,
            Container = reading.Container,
            Machine = reading.Machine,
            Metrics = _metrics.Read(),
        };
    }

    private MemoryUsage Governing(in MemoryReading reading)
    {
        if (LimitSetting is { } setting)
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
